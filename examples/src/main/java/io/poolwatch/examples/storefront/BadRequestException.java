package io.poolwatch.examples.storefront;

/** The request cannot be served as it stands. */
public final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** With a reason that is fit for whoever sent the request. */
  public BadRequestException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
