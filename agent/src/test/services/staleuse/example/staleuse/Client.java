package example.staleuse;

import org.apache.commons.pool2.ObjectPool;

/** What is pooled. It can give itself back, and what it does after that is its own business. */
class Client extends Base implements java.io.Serializable {
  private static final long serialVersionUID = 42;
  private transient ObjectPool<Client> pool;
  private long sent;
  private boolean closed;

  void pool(ObjectPool<Client> own) {
    pool = own;
  }

  /** Sends something. */
  public long send(int bytes) {
    sent += bytes;
    return sent;
  }

  /** Asking is no use. */
  public boolean isClosed() {
    return closed;
  }

  /** Gives itself back, and then still counts. */
  public void close() throws Exception {
    pool.returnObject(this);
    afterClose();
    send(0);
  }

  void afterClose() {
    sent++;
  }

  void reset() {
    sent = 0;
  }
}
