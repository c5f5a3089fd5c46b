package example.buffers;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Gets and recycles with Netty's Recycler, always the same, and prints what it saw. */
public final class BufferService {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final List<Object> KEPT = new ArrayList<>();

  static final class Buffer {
    final Recycler.Handle<Buffer> handle;

    Buffer(Recycler.Handle<Buffer> handle) {
      this.handle = handle;
    }
  }

  static final class Buffers extends Recycler<Buffer> {
    Buffers() {
      super(64);
    }

    @Override
    protected Buffer newObject(Handle<Buffer> handle) {
      MADE.incrementAndGet();
      return new Buffer(handle);
    }
  }

  private BufferService() {}

  public static void main(String[] arguments) throws Exception {
    Buffers buffers = new Buffers();
    KEPT.add(buffers);
    CountDownLatch done = new CountDownLatch(1);
    Thread worker =
        new FastThreadLocalThread(
            () -> {
              work(buffers);
              done.countDown();
              try {
                // Its objects are gone when the thread is.
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              }
            },
            "worker");
    worker.setDaemon(true);
    worker.start();
    done.await();
    say();
  }

  static void say() {
    System.out.println("made " + MADE.get());
  }

  static void work(Buffers buffers) {
    List<Buffer> lent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lent.add(buffers.get());
    }
    for (Buffer buffer : lent) {
      buffer.handle.recycle(buffer);
    }
    for (int i = 0; i < 1000; i++) {
      Buffer buffer = buffers.get();
      buffer.handle.recycle(buffer);
    }
  }
}
