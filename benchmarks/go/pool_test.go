// Go's sync.Pool, the model of the bundled pool, measured on the same machine:
// one get and put of one 64-byte buffer. Run by ./run.
package pool

import (
	"sync"
	"testing"
)

type buffer struct {
	bytes [64]byte
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// BenchmarkGetPut is one goroutine; with GOMAXPROCS 2 as with 1.
func BenchmarkGetPut(b *testing.B) {
	for i := 0; i < b.N; i++ {
		one := buffers.Get().(*buffer)
		one.bytes[0]++
		buffers.Put(one)
	}
}

// BenchmarkGetPutParallel is one goroutine a processor (-cpu); ns/op is the wall clock divided by
// the pairs of all, so a thread's own time for a pair is ns/op times the number of processors.
func BenchmarkGetPutParallel(b *testing.B) {
	b.RunParallel(func(next *testing.PB) {
		for next.Next() {
			one := buffers.Get().(*buffer)
			one.bytes[0]++
			buffers.Put(one)
		}
	})
}
