package example.realbugs;

import java.nio.ByteBuffer;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes small buffers; they are cleared as they come back. */
class Buffers extends BasePooledObjectFactory<ByteBuffer> {
  @Override
  public ByteBuffer create() {
    return ByteBuffer.allocate(64);
  }

  @Override
  public PooledObject<ByteBuffer> wrap(ByteBuffer buffer) {
    return new DefaultPooledObject<>(buffer);
  }

  @Override
  public void passivateObject(PooledObject<ByteBuffer> pooled) {
    pooled.getObject().clear();
  }
}
