package io.sapper.cli;

import io.sapper.experiment.Host;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sapper " + Host.version()};
    }
}
