package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"

	"quarterdeck/internal/fault"
)

// FaultJSON is how an error crosses a bridge: one JSON text with code, message, hint
// and field. What is ours is logged here, where it stops travelling.
func FaultJSON(err error) string {
	f := fault.Of(err)
	if f.Code == fault.Internal {
		slog.Error("internal fault", "error", err)
	}
	data, err := json.Marshal(f)
	if err != nil {
		return `{"code":"internal","message":"something broke here","hint":"","field":""}`
	}
	return string(data)
}

func faultView(err error) FaultView {
	f := fault.Of(err)
	return FaultView{string(f.Code), f.Message, f.Hint, f.Field}
}

// guard turns a panic in a bound method into an error: the page's promise settles,
// and the app goes on.
func guard(err *error) {
	if p := recover(); p != nil {
		slog.Error("panic in a bound method", "panic", p, "stack", string(debug.Stack()))
		*err = fault.New(fault.Internal, "something broke here").WithCause(fmt.Errorf("panic: %v", p))
	}
}
