package example.realbugs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * A batch that expires while the network thread still sends it: its buffer goes back to the pool,
 * and the rest of what is sent is somebody else's (KAFKA-19012).
 */
final class BatchInFlight {
  private static final class BatchBuffers extends Buffers {}

  private final GenericObjectPool<ByteBuffer> pool = new GenericObjectPool<>(new BatchBuffers());

  void send() throws Exception {
    ExecutorService network = Executors.newSingleThreadExecutor(Daemons.named("network"));
    ByteBuffer batch = pool.borrowObject();
    batch.put(new byte[32]).flip();
    expire(batch);
    Future<?> sent = network.submit(() -> drain(batch));
    sent.get();
    pool.returnObject(pool.borrowObject());
    network.shutdown();
  }

  private void expire(ByteBuffer batch) {
    pool.returnObject(batch);
  }

  private static Void drain(ByteBuffer batch) throws Exception {
    WritableByteChannel channel = Channels.newChannel(new ByteArrayOutputStream());
    channel.write(batch);
    return null;
  }
}
