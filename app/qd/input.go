package main

import (
	"io"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// most is how much is read from standard input, in bytes; a record takes far less.
const most = 1 << 20

// text is what was typed; "-" stands for standard input.
func (s *session) text(args ...string) (string, error) {
	text := strings.Join(args, " ")
	if text != "-" {
		return text, nil
	}
	data, err := io.ReadAll(io.LimitReader(s.in, most+1))
	if err != nil {
		return "", fault.New(fault.Unreachable, "standard input cannot be read").WithCause(err)
	}
	if len(data) > most {
		return "", fault.Input("text", "the text is over %d KiB long; one record takes %d KiB", most>>10, incident.MaxText>>10).
			WithHint("keep it in a file and write down where the file is")
	}
	return string(data), nil
}

// choice checks an argument or a flag that is one of some words.
func choice(field, word string, words ...string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return wrong(field, "one of "+strings.Join(words, ", "), "%.60q is not understood", word)
}
