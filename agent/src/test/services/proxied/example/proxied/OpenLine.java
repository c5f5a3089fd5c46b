package example.proxied;

/** What the proxies stand for. */
final class OpenLine implements Line {
  private int sent;

  @Override
  public int send(String word) {
    sent += word.length();
    return sent;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    sent = 0;
  }
}
