using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>What docs/architecture.md names is there.</summary>
public sealed partial class ArchitectureTests
{
    public static TheoryData<string, string> Steps
    {
        get
        {
            var steps = new TheoryData<string, string>();
            string? file = null;
            foreach (Match match in Marked().Matches(File.ReadAllText(Path.Combine(Root, "docs", "architecture.md"))))
            {
                var word = match.Groups[1].Value;
                if (word.Contains('/', StringComparison.Ordinal))
                {
                    file = word;
                }
                else
                {
                    steps.Add(file!, word);
                }
            }

            return steps;
        }
    }

    private static string Root { get; } = Path.GetFullPath(Path.Combine(StagedModule.Root, "..", ".."));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Each_step_is_where_it_is_said_to_be(string file, string member)
    {
        var source = File.ReadAllText(Path.Combine(Root, file));

        Assert.Matches(
            $@"(?m)^ +(public|internal|private|protected).* {member}(<\w+>)?\(|(class|struct) {member}\b", source);
    }

    [Fact]
    public void The_four_ways_have_their_steps()
    {
        Assert.InRange(Steps.Count, 30, 60);
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Marked();
}
