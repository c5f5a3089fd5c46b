package io.poolwatch.examples.storefront.upstream;

import java.io.IOException;

/** Asks upstream services. Safe for use by many threads. */
public interface Upstreams {

  /**
   * Asks one question.
   *
   * @param caller on whose behalf, for logs and accounting
   * @throws IOException when no answer could be had
   */
  String ask(UpstreamKey key, String caller, String question) throws IOException;
}
