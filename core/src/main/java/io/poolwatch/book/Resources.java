package io.poolwatch.book;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.channels.Selector;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Tells objects that must live long or be closed from those that are memory alone. Loads no class
 * and calls no method of the object: what it is asked for is of the JDK's, and of the object's own
 * class only names are read.
 *
 * <p>To have a {@code close} is not enough: many a pooled buffer has one to give itself back with.
 * Its class must be of a kind of the JDK's that holds a thread, a socket or a file, or say by its
 * name that it is a connection.
 */
final class Resources {
  private static final String[] NAMES = {"Connection", "Session", "Socket", "Channel", "Client"};
  private static final String[] SQL = {"java.sql.Connection", "java.sql.Statement"};

  private Resources() {}

  /** The kind, by a name that the reader knows; null if the object is nothing of that kind. */
  static @Nullable String kindOf(Object object) {
    if (object instanceof Thread) {
      return "java.lang.Thread";
    }
    if (object instanceof ExecutorService) {
      return "java.util.concurrent.ExecutorService";
    }
    if (object instanceof Process) {
      return "java.lang.Process";
    }
    if (!(object instanceof AutoCloseable)) {
      return null;
    }
    String known = closeable(object);
    return known == null ? named(object) : known;
  }

  private static @Nullable String closeable(Object object) {
    if (object instanceof Closeable) {
      if (object instanceof Socket) {
        return "java.net.Socket";
      }
      if (object instanceof ServerSocket) {
        return "java.net.ServerSocket";
      }
      if (object instanceof DatagramSocket) {
        return "java.net.DatagramSocket";
      }
      if (object instanceof Channel) {
        return "java.nio.channels.Channel";
      }
      if (object instanceof Selector) {
        return "java.nio.channels.Selector";
      }
      if (object instanceof RandomAccessFile
          || object instanceof FileInputStream
          || object instanceof FileOutputStream) {
        return "an open file";
      }
    }
    return null;
  }

  private static @Nullable String named(Object object) {
    // Streams mostly are memory, or wrap what cannot be seen from here.
    if (object instanceof InputStream
        || object instanceof OutputStream
        || object instanceof Reader
        || object instanceof Writer) {
      return null;
    }
    Class<?> top = object.getClass();
    for (Class<?> each = top; each != null; each = each.getSuperclass()) {
      String found = ofSql(each);
      if (found != null) {
        return found;
      }
    }
    return saysSo(top.getName()) ? "AutoCloseable, and a connection by its name" : null;
  }

  /** JDBC is a module of its own, which need not be there: so by name. */
  private static @Nullable String ofSql(Class<?> type) {
    for (String name : SQL) {
      if (type.getName().equals(name)) {
        return name;
      }
    }
    for (Class<?> each : type.getInterfaces()) {
      String found = ofSql(each);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Whether a class name ends with one of the words, apart from a suffix of implementations. */
  private static boolean saysSo(String className) {
    String name = className.endsWith("Impl") ? cut(className, 4) : className;
    for (String word : NAMES) {
      if (name.endsWith(word)) {
        return true;
      }
    }
    return false;
  }

  private static String cut(String name, int last) {
    return name.substring(0, name.length() - last);
  }
}
