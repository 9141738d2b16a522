package main

import (
	"embed"
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

//go:embed index.html
var page embed.FS

// The options are those of app/desktop, as far as they make the window and not what is in it.
func main() {
	err := wails.Run(&options.App{
		Title:            "Empty",
		Width:            1440,
		Height:           900,
		MinWidth:         640,
		MinHeight:        480,
		BackgroundColour: options.NewRGB(0x0E, 0x12, 0x17),
		AssetServer:      &assetserver.Options{Assets: page},
		LogLevel:         logger.WARNING,
		Linux:            &linux.Options{ProgramName: "empty", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "empty:", err)
		os.Exit(1)
	}
}
