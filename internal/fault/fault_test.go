package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"quarterdeck/internal/fault"
)

// The screen, the shell and scripts read these words.
func TestTheCodesAreFrozen(t *testing.T) {
	got := []fault.Code{fault.Invalid, fault.Conflict, fault.NotFound, fault.Unreachable, fault.Refused, fault.Internal}
	want := []fault.Code{"invalid", "conflict", "not_found", "unreachable", "refused", "internal"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("code %d is %q, want %q", i, got[i], want[i])
		}
	}
}

func TestJSONHasFourFieldsAndNoCause(t *testing.T) {
	err := fault.Input("title", "%d characters are too many", 300).WithHint("use %d", 200).WithCause(errors.New("a path, a token"))
	data, jerr := json.Marshal(err)
	if jerr != nil {
		t.Fatal(jerr)
	}
	want := `{"code":"invalid","message":"300 characters are too many","hint":"use 200","field":"title"}`
	if string(data) != want {
		t.Errorf("got  %s\nwant %s", data, want)
	}
}

func TestOf(t *testing.T) {
	coded := fault.New(fault.Refused, "no").WithHint("ask")
	tests := []struct {
		name string
		err  error
		code fault.Code
		text string
	}{
		{"itself", coded, fault.Refused, "no"},
		{"wrapped", fmt.Errorf("store: append INC-7/12: %w", coded), fault.Refused, "no"},
		{"joined", errors.Join(io.EOF, coded), fault.Refused, "no"},
		{"the outer code wins", fault.New(fault.Unreachable, "later").WithCause(coded), fault.Unreachable, "later"},
		{"without a code", io.ErrUnexpectedEOF, fault.Internal, "something broke here"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fault.Of(tt.err)
			if got.Code != tt.code || got.Message != tt.text {
				t.Errorf("Of(%v) = %s %q", tt.err, got.Code, got.Message)
			}
			if !fault.Is(tt.err, tt.code) {
				t.Errorf("Is(%v, %s) is false", tt.err, tt.code)
			}
		})
	}
	if fault.Of(nil) != nil || fault.Is(nil, fault.Internal) {
		t.Error("nil is no fault")
	}
}

func TestTheCauseIsKeptForTheLog(t *testing.T) {
	err := fault.New(fault.Unreachable, "the log cannot be read").WithCause(io.ErrUnexpectedEOF)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if err.Error() != "the log cannot be read: unexpected EOF" {
		t.Errorf("Error() = %q", err.Error())
	}
	if plain := fault.Of(io.EOF); !errors.Is(plain, io.EOF) {
		t.Error("an error without a code loses itself")
	}
}

func TestWithHintAndWithCauseLeaveTheOriginalAlone(t *testing.T) {
	shared := fault.New(fault.Conflict, "it moved on")
	hinted, caused := shared.WithHint("look again"), shared.WithCause(io.EOF)
	if shared.Hint != "" || errors.Is(shared, io.EOF) {
		t.Error("a shared fault was changed")
	}
	if hinted.Hint != "look again" || !errors.Is(caused, io.EOF) {
		t.Error("the copy does not carry what was given")
	}
}

// Sentences quote what was typed, and that may be a megabyte.
func TestASentenceStaysShort(t *testing.T) {
	for _, typed := range []string{strings.Repeat("x", 1<<20), strings.Repeat("ж", 1<<19), strings.Repeat("🔥", 1<<18)} {
		err := fault.Input("phase", "%s is no phase", typed).WithHint("not %s", typed)
		for _, s := range []string{err.Message, err.Hint} {
			if len(s) > 1100 || !utf8.ValidString(s) || !strings.HasSuffix(s, "…") {
				t.Errorf("%d bytes, ends in %q", len(s), s[max(0, len(s)-20):])
			}
		}
	}
}
