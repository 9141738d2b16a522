package exchange

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

const noon = int64(1_772_452_800_000)

func number(n uint64) (id incident.ID) {
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

// bundle is an incident with two writers, texts that JSON has to escape, a redacted
// body, a kind from a later version and a body that is no text.
func bundle(t testing.TB) Bundle {
	t.Helper()
	data, hash, err := (&kit.Kit{Name: "a <b> & “kit”"}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	b := Bundle{ExportedAt: noon, Incident: number(0x1c), Ref: "INC-7", Kit: data}
	add := func(writer incident.ID, r incident.Record) {
		r.Incident, r.Writer, r.N = b.Incident, writer, 1
		prev := incident.Root(b.Incident, writer)
		for _, o := range b.Records {
			if o.Writer == writer {
				r.N, prev = o.N+1, o.Hash
			}
		}
		i := int64(len(b.Records))
		r.ID, r.HLC, r.At, r.RecordedAt, r.TZ, r.Actor = number(uint64(0x100+i)), (noon+i)<<16, noon-i, noon+i, -570, number(0xa1)
		r.Salt = []byte{0, 1, 2, 254, 255, byte(i)}
		r.Seal(prev)
		b.Records = append(b.Records, r)
	}
	event := func(e incident.Event) incident.Record {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		return incident.Record{Kind: kind, V: v, Body: body}
	}
	one, two := number(1), number(2)
	add(one, event(&incident.Declared{Ref: "INC-7", Title: "Checkout fails", Kit: hash, Severity: "SEV2"}))
	add(one, event(&incident.NoteAdded{Text: "<b> & \"q\" \\ \u2028 \x00 é 🦊 </script>"}))
	add(two, event(&incident.NoteAdded{Text: "the password is x"}))
	add(one, incident.Record{Kind: "note.added", V: 1, Body: []byte("{ \"text\" :\t\"spaced\\u00e9\",  \"later\": [1.0, 1e3] }\n")})
	add(two, event(&incident.RecordRedacted{Record: number(0x102), Reason: "a password"}))
	add(two, incident.Record{Kind: "later.kind", V: 9, Body: []byte(`{"x":9007199254740993}`)})
	add(one, incident.Record{Kind: "note.added", V: 1, Body: []byte("\xff\xfe no text")})
	add(one, incident.Record{Kind: "note.added", V: 1, Body: []byte{}})
	b.Records[2].Salt, b.Records[2].Body = nil, nil
	b.Records[0].Sig = []byte{7, 8}
	return b
}

func written(t testing.TB, b Bundle) string {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, b); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestRoundTrip(t *testing.T) {
	want := bundle(t)
	text := written(t, want)
	got, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if ok, bad, why := incident.Verify(got.Records); !ok {
		t.Errorf("%s: %s", bad, why)
	}
	if again := written(t, got); again != text {
		t.Error("written again, it is another file")
	}
	if _, err := kit.Decode(got.Kit); err != nil {
		t.Error(err)
	}
	for i, j := 0, len(want.Records)-1; i < j; i, j = i+1, j-1 {
		want.Records[i], want.Records[j] = want.Records[j], want.Records[i]
	}
	if written(t, want) != text {
		t.Error("the order in which records come changes the file")
	}
}

func TestRoundTripWithoutAKit(t *testing.T) {
	b := bundle(t)
	b.Kit = nil
	got, err := Read(strings.NewReader(written(t, b)))
	if err != nil || got.Kit != nil || len(got.Records) != len(b.Records) {
		t.Error(got.Kit, err)
	}
}

// A flipped byte anywhere is refused, or changed nothing that is read; in a record, it is
// that record that is named.
func TestAFlippedByteIsFound(t *testing.T) {
	b := bundle(t)
	taken := b.Records[2].ID // its words are gone; without the redaction it is the one that does not fit
	text := []byte(written(t, b))
	first := bytes.Index(text, []byte(`"records":[`))
	named := 0
	for i := 0; i < len(text); i += 3 { // every third is enough, and a third of the time
		c := bytes.Clone(text)
		c[i] ^= 1
		got, err := Read(bytes.NewReader(c))
		if err == nil {
			if !reflect.DeepEqual(got, b) {
				t.Fatalf("byte %d, %q, was changed and not found", i, c[max(0, i-20):i+5])
			}
			continue
		}
		if f := fault.Of(err); f.Code == fault.Refused && strings.Contains(f.Message, "changed: record ") {
			named++
			line := c[bytes.LastIndexByte(c[:i], '\n')+1:]
			_, after, _ := strings.Cut(f.Message, "changed: record ")
			if id := after[:36]; i < first || !bytes.Contains(line[:50], []byte(id)) && id != taken.String() {
				t.Fatalf("byte %d, %q: %s", i, c[max(0, i-20):i+5], f.Message)
			}
		}
	}
	if named < 150 {
		t.Errorf("only %d flipped bytes were found by their hashes", named)
	}
}

// However much is missing, it is found: every byte by itself, every record by itself, and
// the end from any record on, with the file closed as if nothing had happened.
func TestWhatIsMissingIsFound(t *testing.T) {
	b := bundle(t)
	text := written(t, b)
	for i := range text {
		if got, err := Read(strings.NewReader(text[:i] + text[i+1:])); err == nil && !reflect.DeepEqual(got, b) {
			t.Fatalf("byte %d, %q, is missing and was not missed", i, text[max(0, i-20):i+5])
		}
	}
	lines := strings.Split(text, "\n") // the head, each record, the end
	for i := range b.Records {
		gone := slices.Delete(slices.Clone(lines), 1+i, 2+i)
		if i == len(b.Records)-1 {
			gone[i] = strings.TrimSuffix(gone[i], ",")
		}
		f := refusal(t, strings.Join(gone, "\n"))
		if want := fmt.Sprintf("holds %d of its %d records", len(b.Records)-1, len(b.Records)); !strings.Contains(f.Message, want) {
			t.Errorf("without record %d: %s", i+1, f.Message)
		}
	}
	for n := 1; n < len(b.Records); n++ {
		cut := strings.TrimSuffix(strings.Join(lines[:n+1], "\n"), ",")
		f := refusal(t, cut+"\n"+lines[len(lines)-2])
		if last := b.Records[n-1].ID.String(); !strings.Contains(f.Message, fmt.Sprintf("holds %d of its %d", n, len(b.Records))) || n > 4 && !strings.Contains(f.Message, last) {
			t.Errorf("cut after record %d, %s: %s", n, last, f.Message)
		}
		if f := refusal(t, cut+"\n]}\n"); !strings.Contains(f.Message, "no seal") {
			t.Errorf("cut after record %d and closed: %s", n, f.Message)
		}
	}
}

func refusal(t *testing.T, text string) *fault.Error {
	t.Helper()
	got, err := Read(strings.NewReader(text))
	if err == nil || got.Records != nil {
		t.Fatalf("%d records were read, %v", len(got.Records), err)
	}
	return fault.Of(err)
}

func TestWhatNoRecordCoversIsSealed(t *testing.T) {
	text := written(t, bundle(t))
	for from, to := range map[string]string{`"ref":"INC-7"`: `"ref":"INC-8"`, `"exported_at":1`: `"exported_at":2`, `"sig":"0708"`: `"sig":"0709"`, `"version":2`: `"version":1`} {
		if f := refusal(t, strings.Replace(text, from, to, 1)); f.Code != fault.Refused || !strings.Contains(f.Message, "around them") {
			t.Errorf("%s: %s", to, f.Message)
		}
	}
}

// A file that another tool has set out anew is the same file.
func TestWhiteSpaceIsNoChange(t *testing.T) {
	b := bundle(t)
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(written(t, b)), "", "\t"); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(&out); err != nil || !reflect.DeepEqual(got, b) {
		t.Error(err)
	}
}

// Files of version 1 ended without a seal.
func TestVersionOneIsRead(t *testing.T) {
	b := bundle(t)
	if got, err := Read(strings.NewReader(unsealed(t, b))); err != nil || !reflect.DeepEqual(got, b) {
		t.Error(err)
	}
}

// unsealed is a file of version 1.
func unsealed(t testing.TB, b Bundle) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, b, 1); err != nil {
		t.Fatal(err)
	}
	return out.String() + "}\n"
}

func TestUnknownFieldsArePassedOver(t *testing.T) {
	b := bundle(t)
	text := written(t, b)
	text = strings.Replace(text, `{"format"`, `{"later":{"format":"x","records":[[{}]]},"format"`, 1)
	text = strings.Replace(text, `"kit":{`, `"kit":{"later":[1,{"hash":"x"}],`, 1)
	text = strings.ReplaceAll(text, `{"id":`, `{"later":null,"more":{"id":1},"id":`)
	text = strings.Replace(text, "\n],", "\n],\"last\":1e400,", 1)
	got, err := Read(strings.NewReader("\uFEFF" + text + " \n"))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, b) {
		t.Error("unknown fields changed what was read")
	}
}

func TestReadRefuses(t *testing.T) {
	good := unsealed(t, bundle(t))
	change := func(from, to string) string {
		t.Helper()
		if !strings.Contains(good, from) {
			t.Fatalf("no %q in the file", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	deep := strings.Repeat("[", 200_000)
	for name, c := range map[string]struct{ text, says string }{
		"empty":                 {"", "ends too early"},
		"blank":                 {" \n", "ends too early"},
		"a page":                {"<!doctype html><p>sign in", "no valid JSON"},
		"a list":                {"[]", "does not begin with {"},
		"a word":                {`"x"`, "does not begin with {"},
		"nothing in it":         {"{}", "does not say that it is of the format"},
		"another format":        {change(Format, "other.format"), "of the format \"other.format\""},
		"a format of its own":   {change(`"`+Format+`"`, `["x"]`), "where something else belongs"},
		"a newer version":       {change(`"version":1`, `"version":3`), "reads up to 2"},
		"no version":            {change(`"version":1`, `"version":0`), "no version"},
		"a version in words":    {change(`"version":1`, `"version":"one"`), "something else belongs"},
		"no incident":           {change(`"incident":"00000000-0000-0000-0000-00000000001c","ref"`, `"ref"`), "names no incident"},
		"a broken id":           {change(`"id":"00000000-0000-0000-0000-000000000100"`, `"id":"x"`), `"x" is not an id in record 1 of the file`},
		"no id":                 {change(`"id":"00000000-0000-0000-0000-000000000101"`, `"id":""`), "record 2 of the file has no id"},
		"another incident":      {change(`0101","incident":"00000000-0000-0000-0000-00000000001c"`, `0101","incident":"00000000-0000-0000-0000-00000000001d"`), "record 2 of the file belongs to another incident"},
		"no writer":             {change(`"writer":"00000000-0000-0000-0000-000000000001"`, `"writer":""`), "record 1 of the file has no writer"},
		"no kind":               {change(`"kind":"incident.declared"`, `"kind":""`), "record 1 of the file has no kind"},
		"a broken hash":         {change(`"hash":"`, `"hash":"zz`), "not the one that it names"},
		"a broken digest":       {change(`"digest":"`, `"digest":"zz`), "not hexadecimal"},
		"half a digit":          {change(`"digest":"`, `"digest":"a`), "not hexadecimal"},
		"a number too large":    {change(`"n":1,`, `"n":99999999999999999999,`), "something else belongs"},
		"a number with a part":  {change(`"n":1,`, `"n":1.5,`), "something else belongs"},
		"records as an object":  {change(`"records":[`, `"records":{"a":[`), "the list of records does not begin with ["},
		"a record as a word":    {change(`"records":[`, `"records":["x",`), "record 1 of the file"},
		"no records":            {good[:strings.Index(good, `"records"`)] + `"records":[]}`, "holds no records"},
		"another kit":           {change(`{\"name\":\"a `, `{\"name\":\"b `), "not the one that it names"},
		"cut in a record":       {good[:len(good)-40], "ends too early"},
		"cut after a record":    {good[:len(good)-4], "ends too early"},
		"cut before the end":    {good[:len(good)-2], "ends too early"},
		"two in one":            {good + good, "after the end"},
		"something behind":      {good + "x", "after the end"},
		"deep":                  {deep, "does not begin with {"},
		"deep unknown field":    {`{"format":"` + Format + `","x":` + deep, "no valid JSON"},
		"deep record":           {`{"format":"` + Format + `","records":[` + deep, "in record 1 of the file"},
		"no comma":              {change(`,"ref"`, `"ref"`), "no valid JSON"},
		"a key that is no text": {`{1:2}`, "no valid JSON"},
	} {
		got, err := Read(strings.NewReader(c.text))
		f := fault.Of(err)
		if err == nil || f.Code != fault.Invalid || !strings.Contains(f.Message, c.says) || f.Hint == "" {
			t.Errorf("%s: %v (%+v)", name, err, f)
		}
		if got.Records != nil {
			t.Errorf("%s: something was read", name)
		}
	}
}

func TestAKitThatIsNone(t *testing.T) {
	b := bundle(t)
	b.Kit = []byte(`{"name":7}`)
	if _, err := Read(strings.NewReader(written(t, b))); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestReadIsBounded(t *testing.T) {
	text := written(t, bundle(t))
	if _, err := read(strings.NewReader(text), int64(len(text))); err != nil {
		t.Errorf("a file of just the size: %v", err)
	}
	_, err := read(strings.NewReader(text), int64(len(text))-1)
	if f := fault.Of(err); f == nil || f.Code != fault.Invalid || !strings.Contains(f.Message, "larger than") {
		t.Error(err)
	}
	endless := io.MultiReader(strings.NewReader(`{"x":"`), endlessly('a'))
	if _, err := read(endless, 1<<20); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

type endlessly byte

func (e endlessly) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestReadAndWriteTellOfOthersFailures(t *testing.T) {
	broken := errors.New("unplugged")
	text := written(t, bundle(t))
	_, err := Read(io.MultiReader(strings.NewReader(text[:200]), iotest.ErrReader(broken)))
	if !fault.Is(err, fault.Unreachable) || !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := Read(iotest.OneByteReader(strings.NewReader(text))); err != nil {
		t.Error(err)
	}
	if err := Write(refusing{broken}, bundle(t)); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, r.err }

// What is read can be written and read again as the same.
func FuzzRead(f *testing.F) {
	good := written(f, bundle(f))
	f.Add([]byte(good))
	f.Add([]byte(unsealed(f, bundle(f))))
	f.Add([]byte(good[:len(good)/2]))
	f.Add([]byte(`{"format":"quarterdeck.incident","version":1,"incident":"00000000-0000-0000-0000-00000000001c","records":[{"id":"00000000-0000-0000-0000-000000000001","writer":"00000000-0000-0000-0000-000000000002","incident":"00000000-0000-0000-0000-00000000001c","kind":"note.added","body_hex":"ff"}]}`))
	f.Add([]byte(`{"format":"quarterdeck.incident","version":1,"kit":{"hash":"","json":""},"records":[]}`))
	f.Add([]byte(`{"records":[{"body":"\ud800"}],"records":null}`))
	f.Add([]byte("\uFEFF{}"))
	f.Add([]byte(`<html>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := read(bytes.NewReader(data), 1<<20)
		if err != nil {
			if f := fault.Of(err); f.Code != fault.Invalid && f.Code != fault.Refused || f.Message == "" || f.Hint == "" {
				t.Fatalf("%+v", f)
			}
			return
		}
		if whole, _, _ := incident.Verify(b.Records); !whole {
			return // sealed, it would be refused
		}
		again, err := Read(strings.NewReader(written(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if written(t, again) != written(t, b) {
			t.Error("written again, it is another file")
		}
	})
}
