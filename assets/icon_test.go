package assets_test

import (
	"bytes"
	"image/png"
	"os"
	"testing"

	"quarterdeck/assets"
)

func TestTheIconIsWhatAWindowTakes(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(assets.Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 256 || size.Y != 256 {
		t.Errorf("the icon is %v", size)
	}
	if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
		t.Error("its corners are not clear")
	}
	if _, _, _, a := img.At(128, 128).RGBA(); a != 0xffff {
		t.Error("there is nothing in its middle")
	}
}

// One drawing everywhere: the page's icon is a copy, because the page is built alone.
func TestThePageHasTheSameIcon(t *testing.T) {
	drawing, err := os.ReadFile("icon/quarterdeck.svg")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../frontend/public/favicon.svg")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawing, page) {
		t.Error("frontend/public/favicon.svg is another drawing than assets/icon/quarterdeck.svg: run make icon")
	}
}
