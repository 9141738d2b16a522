package ical

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Options bound the reading. The zero value is right for feeds.
type Options struct {
	MaxBytes int64 // largest file; 0 is 32 MiB
}

// Read reads a calendar file, whatever exported it. The report is there in any case, also
// beside an error. The error is a [*Refusal].
func Read(r io.Reader, o Options) (cal *Calendar, report *Report, err error) {
	b := newBuilder()
	defer func() {
		if p := recover(); p != nil { // no input is known that does this
			cal, report, err = nil, b.report, refuse(NotCalendar, "this calendar cannot be read: %v", p)
		}
	}()
	if o.MaxBytes <= 0 {
		o.MaxBytes = maxBytes
	}
	if no := b.readAll(r, o.MaxBytes); no != nil {
		return nil, b.report, no
	}
	return b.calendar(), b.report, nil
}

func (b *builder) readAll(r io.Reader, most int64) *Refusal {
	lex := newLexer(r, most)
	var head []byte // of a file that is no calendar, to say what it is instead
	latin := false
	for {
		lex.nested = len(b.stack) > 0
		line, err := lex.next()
		b.report.Lines = lex.line
		if err != nil {
			if no := ended(err, lex, most); no != nil {
				return no
			}
			break
		}
		if lex.latin && !latin {
			latin = true
			b.note(Choice, lex.first, b.inside(), "", "text that is not UTF-8", "such lines are read as Windows-1252, the usual encoding of Western Europe")
		}
		if lex.cut && !bytes.HasPrefix(line, []byte("ATTACH")) && !bytes.HasPrefix(line, []byte("IMAGE")) {
			b.note(Cut, lex.first, b.inside(), "", fmt.Sprintf("a line of more than %d bytes", maxLine), "its end is left out")
		}
		if !b.known && len(head) < 4096 {
			head = append(append(head, line...), '\n')
		}
		if no := b.add(line, lex.first); no != nil {
			return no
		}
	}
	if lex.nul {
		b.note(Mended, 0, "", "", "NUL bytes", "they are left out")
	}
	if !b.known {
		return notCalendar(head)
	}
	if len(b.stack) > 0 {
		b.told(Lost, "the file ends inside "+b.inside()+": it was cut off", "what was there is used")
		for len(b.stack) > 0 {
			b.close()
		}
	}
	return nil
}

// ended judges why there are no more lines; nil when they were all read.
func ended(err error, lex *lexer, most int64) *Refusal {
	switch {
	case lex.limit.over:
		return refuse(TooLarge, "this calendar is larger than %d MiB", most>>20)
	case lex.limit.err != nil:
		no := refuse(Unreadable, "the calendar could not be read to its end")
		no.cause = lex.limit.err
		return no
	case errors.Is(err, io.EOF):
		return nil
	}
	no := refuse(Unreadable, "the calendar could not be read to its end")
	no.cause = err
	return no
}

func notCalendar(head []byte) *Refusal {
	text := strings.ToLower(string(bytes.TrimSpace(head)))
	switch {
	case text == "":
		return refuse(Empty, "there is nothing in this file")
	case text[0] == '<' && (strings.Contains(text, "<html") || strings.Contains(text, "<!doctype html") || strings.Contains(text, "<head") || strings.Contains(text, "<body")):
		return refuse(WebPage, "this is a web page and no calendar, most likely a page to sign in")
	case strings.HasPrefix(text, "begin:vcard"):
		return refuse(NotCalendar, "these are contacts and no calendar")
	}
	return refuse(NotCalendar, "this is not a calendar file: it has no BEGIN:VCALENDAR")
}

// calendar puts together what was read.
func (b *builder) calendar() *Calendar {
	if len(b.objects) == 0 {
		b.note(Mended, 0, "", "", "events outside a VCALENDAR", "they are read as one")
	}
	b.objects = append(b.objects, b.loose)
	c := &Calendar{Product: b.objects[0].Product, Method: b.objects[0].Method}
	for _, o := range b.objects {
		b.settle(o)
		if c.Name == "" {
			c.Name = o.Name
		}
		if c.Description == "" {
			c.Description = o.description
		}
		if c.Zone == nil {
			c.Zone = o.Zone
		}
		if c.Refresh == 0 {
			c.Refresh = o.refresh
		}
	}
	for _, v := range b.events {
		v.Event.Object = &v.object.Object
	}
	c.series = b.group()
	return c
}

// settle finds the zones of an object, now that all of the file is known.
func (b *builder) settle(o *objectParts) {
	if o.zoneID != "" {
		ref := &zoneRef{id: o.zoneID, line: o.zoneLine, low: 1}
		b.resolve(ref, o)
		o.Zone = ref.loc
	}
	for _, ref := range inOrder(o.refs) {
		b.resolve(ref, o)
	}
}
