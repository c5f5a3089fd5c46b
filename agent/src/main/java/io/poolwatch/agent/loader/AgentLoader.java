package io.poolwatch.agent.loader;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and all it carries from a folder of {@code poolwatch.jar} in which no other
 * loader looks for classes: entries {@code poolwatch/….classdata}. So the service and the agent may
 * hold the same libraries in any two versions, and neither sees the other's.
 *
 * <p>Its parent is the platform loader: nothing of the service's class path can come in. Parallel
 * capable; resources are read as plain entries of the jar.
 *
 * <p>It is used in {@code premain}: no lambda and no string concatenation here, which would start
 * up the JVM's invokedynamic machinery.
 */
public final class AgentLoader extends ClassLoader {
  private static final String PREFIX = "poolwatch/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final ProtectionDomain domain;

  /**
   * A loader over one jar.
   *
   * @param jar the agent's jar, to be left open
   * @param parent the platform loader
   * @param domain given to every class it defines
   */
  public AgentLoader(JarFile jar, @Nullable ClassLoader parent, ProtectionDomain domain) {
    super("poolwatch", parent);
    this.jar = jar;
    this.domain = domain;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    // Ours first by name: a third of all look-ups would else run through the platform's modules.
    if (name.startsWith("io.") || name.startsWith("ch.") || name.startsWith("net.bytebuddy.")) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> found = findLoadedClass(name);
        return found != null ? found : findClass(name);
      }
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry(entryOf(name.replace('.', '/').concat(".class")));
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] bytes;
    try (InputStream in = jar.getInputStream(entry)) {
      bytes = in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
    definePackageOf(name);
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  private static String entryOf(String resource) {
    String entry = PREFIX.concat(resource);
    return resource.endsWith(".class") ? entry.concat("data") : entry;
  }

  private void definePackageOf(String className) {
    int dot = className.lastIndexOf('.');
    if (dot < 0) {
      return;
    }
    String name = className.substring(0, dot);
    if (getDefinedPackage(name) == null) {
      try {
        definePackage(name, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException raced) {
        // Another thread defined it in between: as good.
        return;
      }
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entry = entryOf(name);
    if (jar.getEntry(entry) == null) {
      return null;
    }
    try {
      // URIs quote what a file name may hold and a URL may not.
      String file = new File(jar.getName()).toURI().toString();
      String path = new URI(null, null, entry, null).getRawPath();
      return new URL("jar:".concat(file).concat("!/").concat(path));
    } catch (MalformedURLException | URISyntaxException impossible) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(url));
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    // Not through a URL: its connection would be cached, and the cache belongs to the service too.
    ZipEntry entry = jar.getEntry(entryOf(name));
    if (entry != null) {
      try {
        return jar.getInputStream(entry);
      } catch (IOException unreadable) {
        return null;
      }
    }
    return getParent() == null ? null : getParent().getResourceAsStream(name);
  }
}
