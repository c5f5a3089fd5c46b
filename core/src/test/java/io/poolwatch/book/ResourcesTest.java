package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
  @TempDir File directory;

  private static final class Closed implements AutoCloseable {
    @Override
    public void close() {}
  }

  private static final class WireConnectionImpl implements AutoCloseable {
    @Override
    public void close() {}
  }

  private static final class DatabaseConnection {}

  private static final class LogSession extends OutputStream {
    @Override
    public void write(int one) {}
  }

  @Test
  void whatHoldsThreadsSocketsOrFilesIsKnown() throws Exception {
    assertThat(Resources.kindOf(new Thread("resource"))).isEqualTo("java.lang.Thread");
    try (Socket socket = new Socket()) {
      assertThat(Resources.kindOf(socket)).isEqualTo("java.net.Socket");
    }
    try (FileOutputStream file = new FileOutputStream(new File(directory, "a"))) {
      assertThat(Resources.kindOf(file)).isEqualTo("an open file");
    }
    ExecutorService threads = Executors.newFixedThreadPool(1);
    assertThat(Resources.kindOf(threads)).isEqualTo("java.util.concurrent.ExecutorService");
    threads.shutdown();
  }

  @Test
  void whatCanBeClosedAndCallsItselfAConnectionIsKnown() {
    assertThat(Resources.kindOf(new WireConnectionImpl()))
        .isEqualTo("AutoCloseable, and a connection by its name");
  }

  @Test
  void memoryIsNone() {
    assertThat(Resources.kindOf(new byte[1])).isNull();
    assertThat(Resources.kindOf(new StringBuilder())).isNull();
    assertThat(Resources.kindOf(new ByteArrayOutputStream())).isNull();
    assertThat(Resources.kindOf(new StringWriter())).isNull();
    assertThat(Resources.kindOf(new LogSession())).isNull();
    assertThat(Resources.kindOf(new Closed())).isNull();
    assertThat(Resources.kindOf(new DatabaseConnection())).isNull();
  }
}
