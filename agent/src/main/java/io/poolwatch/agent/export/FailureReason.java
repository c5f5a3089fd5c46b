package io.poolwatch.agent.export;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import org.jspecify.annotations.Nullable;

/** Says in a few words why an export failed; what the receiver wrote is made harmless. */
final class FailureReason {
  private static final int LIMIT = 160;

  private FailureReason() {}

  static String of(@Nullable Throwable failure) {
    if (failure instanceof HttpExportException
        && ((HttpExportException) failure).failedWithResponse()) {
      HttpExportException http = (HttpExportException) failure;
      return "the receiver answered HTTP "
          + http.getResponse().getStatusCode()
          + " "
          + PlainText.clip(http.getResponse().getStatusMessage(), LIMIT);
    }
    if (failure instanceof GrpcExportException
        && ((GrpcExportException) failure).failedWithResponse()) {
      GrpcExportException grpc = (GrpcExportException) failure;
      return "the receiver answered gRPC "
          + grpc.getResponse().getStatusCode()
          + " "
          + PlainText.clip(grpc.getResponse().getStatusDescription(), LIMIT);
    }
    if (failure == null) {
      return "no reason given";
    }
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
      root = root.getCause();
    }
    String text = root.getMessage();
    return PlainText.clip(text == null ? root.getClass().getSimpleName() : text, LIMIT);
  }
}
