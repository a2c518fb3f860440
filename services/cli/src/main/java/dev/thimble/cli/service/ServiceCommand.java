package dev.thimble.cli.service;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.proving.ProvingOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Mixin;

/** A command that runs one component until it is told to stop. */
public abstract class ServiceCommand implements Task {
    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    /** The component's name. */
    abstract String component();

    /** Starts the component; what is returned is closed in reverse order. */
    abstract List<AutoCloseable> start(Station station) throws Exception;

    /** The settings with the command's own flags on top. */
    Settings over(Settings settings) {
        return settings;
    }

    /** Ends the command before anything is opened if it cannot run. */
    void check() {}

    /** What has to be held before anything is opened. */
    Closeable claim(Context context) throws IOException {
        return () -> {};
    }

    @Override
    public Outcome run(Context context) throws Exception {
        check();
        var settings = over(services.over(proving.over(context.settings())));
        StopSignal.listen();
        try (var claim = claim(context);
                var progress = context.terminal().progress();
                var station = Station.open(context, settings, progress, component())) {
            assert claim != null;
            runOn(station);
            return Outcome.done(station.report("stopped"), component() + " stopped");
        }
    }

    private void runOn(Station station) throws Exception {
        List<AutoCloseable> parts;
        try {
            parts = start(station);
        } catch (CancellationException e) {
            if (StopSignal.isAsked()) {
                return;
            }
            throw e;
        }
        try {
            var ready = station.report("ready");
            station.context().results().write(ready, ready.text());
            StopSignal.await();
            station.progress().step(component() + " stops");
        } finally {
            closeAll(parts);
        }
    }

    /** Closes in reverse order; the first failure is thrown at the end. */
    public static void closeAll(List<AutoCloseable> parts) throws Exception {
        Exception first = null;
        for (var part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
