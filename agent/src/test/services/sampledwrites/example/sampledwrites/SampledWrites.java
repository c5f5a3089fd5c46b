package example.sampledwrites;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Many pools, each with so many writes after return, among twice as many good loans. */
public final class SampledWrites {
  private SampledWrites() {}

  private static final class Arrays extends BasePooledObjectFactory<byte[]> {
    @Override
    public byte[] create() {
      return new byte[16];
    }

    @Override
    public PooledObject<byte[]> wrap(byte[] array) {
      return new DefaultPooledObject<>(array);
    }
  }

  /**
   * Runs it.
   *
   * @param args the number of pools; then how many faults there are in each
   */
  public static void main(String[] args) throws Exception {
    int pools = Integer.parseInt(args[0]);
    int faults = Integer.parseInt(args[1]);
    for (int run = 0; run < pools; run++) {
      GenericObjectPoolConfig<byte[]> config = new GenericObjectPoolConfig<>();
      config.setJmxNamePrefix("run" + run);
      GenericObjectPool<byte[]> pool = new GenericObjectPool<>(new Arrays(), config);
      for (int fault = 0; fault < faults; fault++) {
        for (int good = 0; good < 2; good++) {
          pool.returnObject(pool.borrowObject());
        }
        byte[] array = pool.borrowObject();
        pool.returnObject(array);
        array[fault & 15]++;
      }
      pool.returnObject(pool.borrowObject());
      pool.close();
    }
  }
}
