package io.poolwatch.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * {@code [poolwatch] 12:34:56 WARN message}, in the encoding of the terminal. The time is the one
 * at which a line was left in the queue.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final byte[] NOTHING = {};

  private final Charset charset = nativeCharset();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(120);
    line.append("[poolwatch] ").append(TIME.format(Instant.ofEpochMilli(timeOf(event))));
    line.append(' ').append(event.getLevel()).append(' ').append(event.getFormattedMessage());
    line.append(System.lineSeparator());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown)).append(System.lineSeparator());
    }
    return line.toString().getBytes(charset);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static long timeOf(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        if (pair.key.equals(LogbackSetup.TIME_KEY) && pair.value instanceof Long) {
          return (Long) pair.value;
        }
      }
    }
    return event.getTimeStamp();
  }

  /** Named differently by different JVMs: 19 and newer, 17 and newer, and before. */
  private static Charset nativeCharset() {
    for (String property :
        new String[] {"stderr.encoding", "native.encoding", "sun.jnu.encoding"}) {
      String name = System.getProperty(property);
      try {
        if (name != null && Charset.isSupported(name)) {
          return Charset.forName(name);
        }
      } catch (IllegalArgumentException malformed) {
        continue;
      }
    }
    return Charset.defaultCharset();
  }
}
