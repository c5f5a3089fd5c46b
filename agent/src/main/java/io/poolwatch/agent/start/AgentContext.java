package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Patterns;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.weave.WeaveContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the weaving is told and tells; on the service's threads. */
final class AgentContext implements WeaveContext {
  private final BootSide boot;
  private final Patterns excluded;

  /** What was said already: a thousand class loaders with one unknown library are one line. */
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  AgentContext(BootSide boot, Settings settings) {
    this.boot = boot;
    this.excluded = settings.patterns(Options.CLASSES_EXCLUDE);
  }

  @Override
  public ClassLoader agentLoader() {
    return AgentContext.class.getClassLoader();
  }

  @Override
  public boolean isExcluded(String className) {
    return excluded.match(className);
  }

  @Override
  public boolean prepareBoot() {
    return boot.prepare();
  }

  @Override
  public void woven(String library, String className, long nanos) {
    boot.watching().counts().woven(library, nanos);
    AgentLog.debug(library.concat(": woven ").concat(className));
  }

  @Override
  public void refused(String library, String reason) {
    boot.watching().counts().refused(library);
    if (said.add(library.concat(reason))) {
      AgentLog.warn(library + " is not watched in this class: " + reason);
      boot.gaps().add(library.concat(": ").concat(reason));
    }
  }

  @Override
  public void failed(String library, String className, Throwable failure) {
    boot.watching().counts().weavingFailed(library);
    if (said.add(library.concat(className))) {
      AgentLog.warn(library + ": " + className + " could not be woven and is not watched", failure);
      boot.gaps().add(library.concat(": could not weave ").concat(className));
    }
  }
}
