package app

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/gif" // what a page draws
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"strings"
	"unicode/utf8"
)

// pictures are the media types that every webview draws and that hold no script. SVG is
// none of them.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// mostPixels is how many pixels a picture has at most to be shown in place: a small file
// can claim to be larger than any memory.
const mostPixels = 50_000_000

// looksLike is the media type of bytes, by the bytes alone, and the size of a picture that
// can be shown in pixels, else 0.
func looksLike(data []byte) (kind string, width, height int) {
	kind = http.DetectContentType(data)
	switch base, _, _ := strings.Cut(kind, ";"); {
	case base == "image/webp":
		width, height = webp(data)
	case pictures[base]:
		if c, format, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && "image/"+format == base {
			width, height = c.Width, c.Height
		}
	case strings.HasPrefix(base, "text/") && utf8.Valid(data) && !bytes.ContainsRune(data, 0):
		return "text/plain", 0, 0 // markup too: it is read, never drawn
	}
	if width <= 0 || height <= 0 || width > mostPixels/height {
		return kind, 0, 0
	}
	return kind, width, height
}

// webp reads the size of a WebP picture from its head (RFC 9649, 2.3 to 2.7).
func webp(data []byte) (width, height int) {
	if len(data) < 30 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return 0, 0
	}
	switch string(data[12:16]) {
	case "VP8X":
		return 1 + (int(data[24]) | int(data[25])<<8 | int(data[26])<<16), 1 + (int(data[27]) | int(data[28])<<8 | int(data[29])<<16)
	case "VP8L":
		bits := binary.LittleEndian.Uint32(data[21:25])
		return 1 + int(bits&0x3FFF), 1 + int(bits>>14&0x3FFF)
	case "VP8 ":
		return int(binary.LittleEndian.Uint16(data[26:28]) & 0x3FFF), int(binary.LittleEndian.Uint16(data[28:30]) & 0x3FFF)
	}
	return 0, 0
}
