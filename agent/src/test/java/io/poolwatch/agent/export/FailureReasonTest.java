package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
  private static String of(Throwable failure) {
    return FailureReason.of(new IOException("wrapped", failure));
  }

  @Test
  void aReasonThatSpeaksForItselfStandsAlone() {
    assertThat(of(new ConnectException("Connection refused"))).isEqualTo("Connection refused");
  }

  @Test
  void anUntrustedCertificateIsCalledThatWithTheWayOut() {
    SSLException handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(new CertPathBuilderException("unable to find valid certification path"));
    assertThat(of(handshake))
        .startsWith("the receiver's certificate is not trusted; OTEL_EXPORTER_OTLP_CERTIFICATE ")
        .endsWith(" (unable to find valid certification path)");
  }

  @Test
  void aCertificateForAnotherHostIsCalledThatInOneLine() {
    assertThat(of(new SSLPeerUnverifiedException("Hostname a not verified:\n  DN: CN=b\n  more")))
        .isEqualTo(
            "the receiver's certificate is for another host than the endpoint's"
                + " (Hostname a not verified:)");
  }

  @Test
  void aReceiverWithoutTlsIsCalledThat() {
    assertThat(of(new SSLException("Unsupported or unrecognized SSL message")))
        .startsWith("the receiver does not speak TLS; the endpoint's scheme should be http");
  }

  @Test
  void aReceiverOfAnotherProtocolIsCalledThatWithTheUsualPorts() throws Exception {
    String hint = "the receiver does not speak the protocol; by custom port 4317 is gRPC";
    assertThat(of(new EOFException("\n not found: limit=0 content=…")))
        .startsWith(hint)
        .endsWith(" (not found: limit=0 content=…)");
    Class<?> http2 = Class.forName("okhttp3.internal.http2.ConnectionShutdownException");
    assertThat(of((Throwable) http2.getConstructor().newInstance()))
        .startsWith(hint)
        .endsWith(" (ConnectionShutdownException)");
  }
}
