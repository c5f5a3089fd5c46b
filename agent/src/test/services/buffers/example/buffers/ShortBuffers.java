package example.buffers;

import io.netty.util.concurrent.FastThreadLocalThread;

/** The same on a thread that ends. */
public final class ShortBuffers {
  private ShortBuffers() {}

  public static void main(String[] arguments) throws Exception {
    BufferService.Buffers buffers = new BufferService.Buffers();
    Thread worker = new FastThreadLocalThread(() -> BufferService.work(buffers), "worker");
    worker.start();
    worker.join();
    BufferService.say();
  }
}
