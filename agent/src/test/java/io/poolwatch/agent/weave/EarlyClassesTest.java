package io.poolwatch.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.Extra;
import io.poolwatch.agent.library.nettyrecycler.NettyRecycler;
import io.poolwatch.agent.library.threadlocal.ThreadLocalPoolLibrary;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A library of which one class came too early is left alone; another copy of it is not. */
class EarlyClassesTest {
  private static final String RECYCLER = "io/netty/util/Recycler";
  private static final String POOL = "io/poolwatch/pool/ThreadLocalPool";

  private final PoolTransformer transformer =
      new PoolTransformer(
          new NoContext(),
          List.of(
              new NettyRecycler(EnumSet.allOf(Extra.class)),
              new ThreadLocalPoolLibrary(false, false)));

  @Test
  void classesThatBelongToAnEarlyOneAreLeftAloneInItsLoaderOnly() throws Exception {
    try (URLClassLoader early = netty();
        URLClassLoader other = netty()) {
      Class<?> handle = Class.forName("io.netty.util.Recycler$DefaultHandle", false, early);

      assertThat(transformer.begin(new Class<?>[] {handle, String.class}))
          .containsExactly("io.netty.util.Recycler$DefaultHandle");
      assertThat(transform(early)).isNull();
      assertThat(transform(other)).isNotNull();
    }
  }

  @Test
  void whatIsLoadedBeforeWeavingBeginsIsEarly() throws Exception {
    try (URLClassLoader early = netty()) {
      assertThat(transform(early)).isNull();
      transformer.begin(new Class<?>[0]);
      assertThat(transform(early)).isNull();
    }
  }

  @Test
  void anotherLibraryWhosePackageBeginsAlikeIsNotEarly() throws Exception {
    try (URLClassLoader loader = netty()) {
      transformer.begin(
          new Class<?>[] {Class.forName("io.netty.util.Recycler$DefaultHandle", false, loader)});
      assertThat(transform(loader, POOL)).isNotNull();
      assertThat(transform(loader, RECYCLER)).isNull();
    }
  }

  private byte[] transform(ClassLoader loader) throws Exception {
    return transform(loader, RECYCLER);
  }

  private byte[] transform(ClassLoader loader, String className) throws Exception {
    byte[] classFile = loader.getResourceAsStream(className + ".class").readAllBytes();
    return transformer.transform(loader, className, null, null, classFile);
  }

  private static URLClassLoader netty() throws Exception {
    Path jar = Path.of("target", "libraries", "netty-common-4.2.20.Final.jar");
    assertThat(jar).as("copied by the build").exists();
    return new URLClassLoader(
        new URL[] {
          jar.toUri().toURL(),
          ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation()
        },
        ClassLoader.getPlatformClassLoader());
  }

  private static final class NoContext extends TestContext {
    @Override
    public ClassLoader agentLoader() {
      return new ClassLoader() {};
    }

    @Override
    public void woven(String library, String className, long nanos) {}

    @Override
    public void refused(String library, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void failed(String library, String className, Throwable failure) {
      throw new AssertionError(className, failure);
    }
  }
}
