package example.realbugs;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * An entry that one thread recycles on a timeout while another still reads it, which then gets the
 * fields of another entry (BookKeeper #3104, Pulsar #14436).
 */
final class EntryOfTwoThreads {
  private static final Recycler<Entry> ENTRIES =
      new Recycler<Entry>() {
        @Override
        protected Entry newObject(Handle<Entry> handle) {
          return new Entry(handle);
        }
      };

  private static final class Entry {
    private final Recycler.Handle<Entry> handle;
    private long ledger;

    Entry(Recycler.Handle<Entry> handle) {
      this.handle = handle;
    }

    long ledger() {
      return ledger;
    }

    void recycle() {
      ledger = -1;
      handle.recycle(this);
    }
  }

  void read() throws InterruptedException {
    Thread io = new FastThreadLocalThread(EntryOfTwoThreads::timeOutAndComplete, "io");
    io.start();
    io.join();
  }

  /** Makes the pool known, so that the class is guarded by the time of the fault. */
  void warmUp() throws InterruptedException {
    Thread io = new FastThreadLocalThread(() -> ENTRIES.get().recycle(), "io");
    io.start();
    io.join();
  }

  private static void timeOutAndComplete() {
    Entry entry = ENTRIES.get();
    entry.ledger = 7;
    onTimeout(entry);
    Thread reader = new Thread(() -> complete(entry), "reader");
    reader.start();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void onTimeout(Entry entry) {
    entry.recycle();
  }

  private static long complete(Entry entry) {
    return entry.ledger();
  }
}
