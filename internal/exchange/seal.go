package exchange

import (
	"crypto/sha256"
	"fmt"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// sealed is the first version whose files end with a seal.
const sealed = 2

// sealForm says at the end of a file what stands before it. The hashes of the records
// hold each of them to the one before; that the last ones are missing only the seal
// can tell, and it covers what no record does: the reference, the time, the kit.
type sealForm struct {
	Records int      `json:"records"`
	SHA256  hexBytes `json:"sha256"` // of all bytes that Write puts before the seal
}

// sealOf makes the seal that a file of the version has for a bundle.
func sealOf(b Bundle, version int) (sealForm, error) {
	sum := sha256.New()
	if err := write(sum, b, version); err != nil {
		return sealForm{}, err
	}
	return sealForm{len(b.Records), sum.Sum(nil)}, nil
}

// holds checks what was read against its seal, and names what does not fit.
func (f *file) holds() error {
	if f.seal == nil {
		if f.version < sealed {
			return nil
		}
		return fault.New(fault.Invalid, "the file has no seal at its end").WithHint("it was cut off or changed: " + anew)
	}
	whole, bad, why := incident.Verify(f.out.Records)
	if n := len(f.out.Records); n != f.seal.Records {
		where := fmt.Sprintf("the last that is there is %s", f.out.Records[n-1].ID)
		if !whole {
			where = fmt.Sprintf("record %s: %s", bad, why)
		}
		return fault.New(fault.Refused, "the file holds %d of its %d records; %s", n, f.seal.Records, where).WithHint("nothing was imported; " + anew)
	}
	if !whole {
		return fault.New(fault.Refused, "the file has been changed: record %s: %s", bad, why).WithHint("nothing was imported; " + anew)
	}
	want, err := sealOf(f.out, f.version)
	if err != nil {
		return err
	}
	if string(want.SHA256) != string(f.seal.SHA256) {
		return fault.New(fault.Refused, "the file has been changed, not in what its records say but around them: the reference, the time of the export, the kit, a signature or the seal").
			WithHint("nothing was imported; " + anew)
	}
	return nil
}

const anew = "get the file anew from where it was exported"
