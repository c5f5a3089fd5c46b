package io.poolwatch.agent.export;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import java.io.EOFException;
import java.net.ProtocolException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in a few words why an export failed; what the receiver wrote is made harmless. */
final class FailureReason {
  private static final int LIMIT = 160;

  /** The HTTP client's own, which is there at run time only. */
  private static final List<String> HTTP2_ENDED =
      List.of("ConnectionShutdownException", "StreamResetException");

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
    String hint = null;
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
      hint = hint == null ? hint(root) : hint;
      root = root.getCause();
    }
    hint = hint == null ? hint(root) : hint;
    // Some messages go on for lines; what went wrong is in the first that says anything.
    String text =
        root.getMessage() == null ? "" : root.getMessage().strip().lines().findFirst().orElse("");
    String reason = PlainText.clip(text.isEmpty() ? root.getClass().getSimpleName() : text, LIMIT);
    return hint == null ? reason : hint + " (" + reason + ")";
  }

  /** What a failure of the connection means to who configured it; null if it speaks for itself. */
  private static @Nullable String hint(Throwable failure) {
    if (failure instanceof CertPathBuilderException
        || failure instanceof CertPathValidatorException) {
      return "the receiver's certificate is not trusted; OTEL_EXPORTER_OTLP_CERTIFICATE names one to"
          + " trust";
    }
    if (failure instanceof SSLPeerUnverifiedException) {
      return "the receiver's certificate is for another host than the endpoint's";
    }
    if (failure instanceof SSLException
        && String.valueOf(failure.getMessage()).contains("unrecognized SSL message")) {
      return "the receiver does not speak TLS; the endpoint's scheme should be http";
    }
    if (failure instanceof EOFException
        || failure instanceof ProtocolException
        || HTTP2_ENDED.contains(failure.getClass().getSimpleName())) {
      return "the receiver does not speak the protocol; by custom port 4317 is gRPC, 4318 HTTP, and"
          + " TLS needs https";
    }
    return null;
  }
}
