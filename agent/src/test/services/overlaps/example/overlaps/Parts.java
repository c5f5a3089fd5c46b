package example.overlaps;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Counts itself how often an object is destroyed while another call is at work on it. */
final class Parts extends BasePooledObjectFactory<Part> {
  final AtomicLong overlaps = new AtomicLong();

  /** The next validation tells by the first that it began, and waits for the second to end. */
  volatile CountDownLatch begun;

  volatile CountDownLatch goOn;

  @Override
  public Part create() {
    return new Part();
  }

  @Override
  public PooledObject<Part> wrap(Part part) {
    return new DefaultPooledObject<>(part);
  }

  @Override
  public boolean validateObject(PooledObject<Part> pooled) {
    Part part = pooled.getObject();
    part.atWork.incrementAndGet();
    try {
      part.use();
      CountDownLatch awaited = goOn;
      if (awaited != null) {
        goOn = null;
        begun.countDown();
        if (!awaited.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody destroyed it");
        }
      }
      return true;
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    } finally {
      part.atWork.decrementAndGet();
    }
  }

  @Override
  public void destroyObject(PooledObject<Part> pooled) {
    if (pooled.getObject().atWork.get() > 0) {
      overlaps.incrementAndGet();
    }
    pooled.getObject().use();
  }
}
