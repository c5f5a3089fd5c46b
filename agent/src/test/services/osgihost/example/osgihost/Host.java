package example.osgihost;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts an OSGi framework whose bundles see of the boot loader what OSGi says and no more. */
public final class Host {
  private Host() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("org.osgi.framework.storage", arguments[0]);
    configuration.put("org.osgi.framework.storage.clean", "onFirstInit");
    configuration.put("org.osgi.framework.bootdelegation", "");
    // Equinox' own way of delegating more than is said.
    configuration.put("osgi.compatibility.bootdelegation", "false");
    configuration.put("osgi.context.bootdelegation", "false");
    // Felix' own.
    configuration.put("felix.bootdelegation.implicit", "false");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(configuration);
    framework.init();
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      bundles.add(
          framework.getBundleContext().installBundle(new File(arguments[i]).toURI().toString()));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
      System.out.println("active " + bundle.getSymbolicName());
    }
    try {
      bundles.get(bundles.size() - 1).loadClass("sun.misc.Unsafe");
      throw new AssertionError("boot delegation is on: the test proves nothing");
    } catch (ClassNotFoundException expected) {
      System.out.println("no boot delegation");
    }
    System.exit(0);
  }
}
