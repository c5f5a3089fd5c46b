package example.realbugs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * A request body that is not gzip although it says so: the decoder gives its buffer back on the
 * error, and the request is read into that buffer none the less (CVE-2024-13009).
 */
final class EarlyRelease {
  private static final class Chunks extends BasePooledObjectFactory<byte[]> {
    @Override
    public byte[] create() {
      return new byte[64];
    }

    @Override
    public PooledObject<byte[]> wrap(byte[] chunk) {
      return new DefaultPooledObject<>(chunk);
    }
  }

  private final GenericObjectPool<byte[]> pool = new GenericObjectPool<>(new Chunks());

  void receive(byte[] body) throws Exception {
    byte[] chunk = pool.borrowObject();
    try {
      new GZIPInputStream(new ByteArrayInputStream(body)).read(chunk);
    } catch (IOException notInGzipFormat) {
      release(chunk);
    }
    System.arraycopy(body, 0, chunk, 0, body.length);
    nextRequest();
  }

  private void release(byte[] chunk) {
    pool.returnObject(chunk);
  }

  private void nextRequest() throws Exception {
    pool.returnObject(pool.borrowObject());
  }
}
