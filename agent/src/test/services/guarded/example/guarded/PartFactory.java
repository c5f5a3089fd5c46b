package example.guarded;

import java.util.concurrent.ExecutorService;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Uses a part in each of its calls, on the caller's thread and on another one. */
final class PartFactory extends BasePooledObjectFactory<Part> {
  private final ExecutorService others;

  PartFactory(ExecutorService others) {
    this.others = others;
  }

  @Override
  public Part create() throws Exception {
    Part part = new Part();
    work(part);
    return part;
  }

  @Override
  public PooledObject<Part> wrap(Part part) {
    return new DefaultPooledObject<>(part);
  }

  @Override
  public void activateObject(PooledObject<Part> pooled) throws Exception {
    pooled.getObject().open();
    work(pooled.getObject());
  }

  @Override
  public void passivateObject(PooledObject<Part> pooled) throws Exception {
    work(pooled.getObject());
  }

  @Override
  public boolean validateObject(PooledObject<Part> pooled) {
    try {
      work(pooled.getObject());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  @Override
  public void destroyObject(PooledObject<Part> pooled) throws Exception {
    work(pooled.getObject());
    pooled.getObject().close();
  }

  private void work(Part part) throws Exception {
    part.use(1);
    others.submit(() -> part.touch()).get();
  }
}
