package dev.thimble.cli;

import dev.thimble.cli.bench.BenchCommand;
import dev.thimble.cli.block.BlockCommand;
import dev.thimble.cli.block.EestCommand;
import dev.thimble.cli.command.MissingCommand;
import dev.thimble.cli.command.VersionText;
import dev.thimble.cli.compress.CrsCommand;
import dev.thimble.cli.demo.DemoCommand;
import dev.thimble.cli.doctor.ConfigCommand;
import dev.thimble.cli.doctor.DoctorCommand;
import dev.thimble.cli.l1.ClaimCommand;
import dev.thimble.cli.l1.DepositCommand;
import dev.thimble.cli.l1.WithdrawCommand;
import dev.thimble.cli.operator.BatchCommand;
import dev.thimble.cli.operator.JobCommand;
import dev.thimble.cli.operator.StatusCommand;
import dev.thimble.cli.operator.WorkerCommand;
import dev.thimble.cli.proving.ProveCommand;
import dev.thimble.cli.proving.RunCommand;
import dev.thimble.cli.proving.SecurityCommand;
import dev.thimble.cli.proving.SetupCommand;
import dev.thimble.cli.proving.VerifyCommand;
import dev.thimble.cli.service.CompressorCommand;
import dev.thimble.cli.service.GatewayCommand;
import dev.thimble.cli.service.InitCommand;
import dev.thimble.cli.service.ProverCommand;
import dev.thimble.cli.service.ServerCommand;
import dev.thimble.cli.service.UpCommand;
import dev.thimble.cli.service.VectorGeneratorCommand;
import dev.thimble.cli.service.WitnessGeneratorCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: options that every command has. */
@Command(
        name = "thimble",
        description = "Thimble proves blocks.",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Tests: ./thimble test [--full]"},
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            SetupCommand.class,
            CrsCommand.class,
            DepositCommand.class,
            WithdrawCommand.class,
            ClaimCommand.class,
            SecurityCommand.class,
            ServerCommand.class,
            BenchCommand.class,
            EestCommand.class,
            BlockCommand.class,
            InitCommand.class,
            UpCommand.class,
            GatewayCommand.class,
            WitnessGeneratorCommand.class,
            VectorGeneratorCommand.class,
            ProverCommand.class,
            CompressorCommand.class,
            MissingCommand.Compress.class,
            MissingCommand.Recursion.class,
            StatusCommand.class,
            JobCommand.class,
            BatchCommand.class,
            WorkerCommand.class,
            ConfigCommand.class,
            DoctorCommand.class
        })
final class ThimbleCommand {
    @Option(names = "--json", description = "Print exactly one JSON object.", scope = ScopeType.INHERIT)
    boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file of settings.", scope = ScopeType.INHERIT)
    @Nullable
    String config;

    @Option(names = "--home", paramLabel = "DIR", description = "State folder.", scope = ScopeType.INHERIT)
    @Nullable
    String home;
}
