package io.poolwatch.agent.packaging;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real browser without a window, whose every request goes through a proxy that answers nothing.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  /** Hosts that the browser itself asks, whatever it shows. */
  private static final String OWN_HOSTS = ".*\\b(google|googleapis|gstatic|gvt1)\\.com\\b.*";

  private final String program;
  private final Path folder;
  private final ServerSocket proxy;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  Browser(String program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** The browser of this machine; null if there is none. */
  static @Nullable String find() {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      for (String name : NAMES) {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
          return Path.of(folder, name).toString();
        }
      }
    }
    return null;
  }

  private void serve() {
    while (!proxy.isClosed()) {
      try (Socket socket = proxy.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
        String request = in.readLine();
        if (request != null && !request.matches(OWN_HOSTS)) {
          requests.add(request);
        }
      } catch (IOException closed) {
        // the end, or a browser that changed its mind
      }
    }
  }

  /** Opens a page, takes a picture of it, and tells what the page wrote on its console. */
  List<String> open(Path page, Path picture, int width, int height)
      throws IOException, InterruptedException {
    requests.clear();
    Path log = Files.createTempFile(folder, "browser", ".log");
    Process process =
        new ProcessBuilder(
                Arrays.asList(
                    program,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--enable-logging=stderr",
                    "--hide-scrollbars",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--proxy-server=http://127.0.0.1:" + proxy.getLocalPort(),
                    "--window-size=" + width + "," + height,
                    "--screenshot=" + picture,
                    page.toUri().toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the browser runs on after 60 s: " + Files.readString(log));
    }
    return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
        .filter(line -> line.contains(":CONSOLE"))
        .collect(Collectors.toList());
  }

  /** What the page that was opened last asked for on the network. */
  List<String> requests() {
    synchronized (requests) {
      return new ArrayList<>(requests);
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
