package io.poolwatch.agent.start;

import io.poolwatch.agent.trace.ServiceSpans;
import io.poolwatch.agent.weave.PoolTransformer;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The one transformer that the JVM knows: it runs for every class that the service loads, so it
 * only compares names, and hands those of interest on. The agent's own classes are of none.
 */
final class ClassWatch implements ClassFileTransformer {
  private final PoolTransformer pools;
  private final ServiceSpans spans;
  private final @Nullable ClassLoader own = ClassWatch.class.getClassLoader();

  ClassWatch(PoolTransformer pools, ServiceSpans spans) {
    this.pools = pools;
    this.spans = spans;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null || loader == own) {
      return null;
    }
    spans.classSeen(loader, className);
    return pools.transform(loader, className, redefined, domain, classFile);
  }
}
