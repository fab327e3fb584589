namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Tests that set the environment's variables, which belong to the whole process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentTests
{
    public const string Name = "Environment";
}
