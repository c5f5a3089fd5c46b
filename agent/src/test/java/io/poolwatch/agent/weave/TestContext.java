package io.poolwatch.agent.weave;

/** Weaves all that it is given, with hooks of the test's own class path. */
public abstract class TestContext implements WeaveContext {
  @Override
  public ClassLoader agentLoader() {
    return TestContext.class.getClassLoader();
  }

  @Override
  public boolean isExcluded(String className) {
    return false;
  }

  @Override
  public boolean prepareBoot() {
    return true;
  }
}
