package exchange

import (
	"crypto/ed25519"
	"crypto/sha256"
	_ "embed"
	"math/big"
	"strings"
)

// wordList is the English word list of BIP-39 (github.com/bitcoin/bips, bip-0039/english.txt,
// MIT licence): 2,048 common words, no two of which begin with the same four letters.
//
//go:embed words.txt
var wordList string

var list = strings.Fields(wordList)

// wordBits is how many bits a word stands for, wordCount how many words are read.
const (
	wordBits  = 11
	wordCount = 6
)

// KeyBits is how many bits of a key's fingerprint six words say. Who wants another key
// with the same words has to try 2^66 of them, while the two are on the phone.
const KeyBits = wordBits * wordCount

// KeyWords are six words for a key: the first 66 bits of the SHA-256 of it, eleven a
// word, the highest first.
func KeyWords(key ed25519.PublicKey) []string {
	sum := sha256.Sum256(append([]byte(signed), key...))
	n := new(big.Int).SetBytes(sum[:])
	n.Rsh(n, uint(len(sum)*8-KeyBits))
	out := make([]string, wordCount)
	mask := big.NewInt(1<<wordBits - 1)
	for i := wordCount - 1; i >= 0; i-- {
		out[i] = list[new(big.Int).And(n, mask).Int64()]
		n.Rsh(n, wordBits)
	}
	return out
}
