module example.modular {
  requires org.apache.commons.pool2;
  requires io.netty.common;
}
