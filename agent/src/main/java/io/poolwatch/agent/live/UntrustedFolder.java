package io.poolwatch.agent.live;

import java.io.IOException;

/** A folder or file that somebody else could have put there, or could read. */
public final class UntrustedFolder extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and the way out, in a line. */
  UntrustedFolder(String message) {
    super(message);
  }
}
