package example.bundle;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that pools with another bundle's classes. */
public final class Activator implements BundleActivator {
  static final class Job {}

  private static GenericObjectPool<Job> jobs;

  @Override
  public void start(BundleContext context) throws Exception {
    jobs =
        new GenericObjectPool<>(
            new BasePooledObjectFactory<Job>() {
              @Override
              public Job create() {
                return new Job();
              }

              @Override
              public PooledObject<Job> wrap(Job job) {
                return new DefaultPooledObject<>(job);
              }
            });
    for (int i = 0; i < 300; i++) {
      jobs.returnObject(jobs.borrowObject());
    }
    System.out.println("borrowed " + jobs.getBorrowedCount());
  }

  @Override
  public void stop(BundleContext context) {}
}
