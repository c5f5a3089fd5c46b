package example.realbugs;

import java.nio.ByteBuffer;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * A response whose header is too large: the generator gives its buffer back as it fails, and so
 * does whoever called it. The next two clients then share one buffer (Jetty #4936, CVE-2019-17638).
 */
final class HeaderOnErrorPath {
  private static final class HeaderBuffers extends Buffers {}

  private final ObjectPool<ByteBuffer> pool = new SoftReferenceObjectPool<>(new HeaderBuffers());

  void respond(String header) throws Exception {
    ByteBuffer buffer = pool.borrowObject();
    try {
      generate(buffer, header);
    } catch (IllegalStateException tooLarge) {
      onError(buffer);
      return;
    }
    pool.returnObject(buffer);
  }

  private void generate(ByteBuffer buffer, String header) throws Exception {
    if (header.length() > buffer.remaining()) {
      pool.returnObject(buffer);
      throw new IllegalStateException("header too large");
    }
    buffer.put(header.getBytes("US-ASCII"));
  }

  private void onError(ByteBuffer buffer) throws Exception {
    pool.returnObject(buffer);
  }

  /** Whether the next two get one buffer. */
  boolean sharesBuffers() throws Exception {
    ByteBuffer one = pool.borrowObject();
    ByteBuffer other = pool.borrowObject();
    boolean same = one == other;
    pool.returnObject(one);
    if (!same) {
      pool.returnObject(other);
    }
    return same;
  }
}
