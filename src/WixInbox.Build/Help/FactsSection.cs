using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace WixInbox.Build.Help;

/// <summary>
/// The part of a cmdlet's page that is made from the cmdlet, for those who read the page itself and not Get-Help.
/// </summary>
internal static class FactsSection
{
    /// <summary>The title of its first section.</summary>
    public const string Syntax = "Syntax";

    /// <summary>The title of its second section.</summary>
    public const string Parameters = "Parameters";

    private const string Begin =
        "<!-- Made from the cmdlet. To bring it up to date: dotnet run --project src/WixInbox.Build -- help -->\n";
    private const string End = "<!-- Until here it is made from the cmdlet. -->\n\n";
    private const string After = "## Inputs\n";

    /// <summary>Puts it into a page, in place of the one that is there.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    public static string Into(string page, CmdletFacts cmdlet)
    {
        var after = page.IndexOf(After, StringComparison.Ordinal);
        var before = page.IndexOf(Begin, StringComparison.Ordinal);
        return page[..(before < 0 ? after : before)] + Begin + Of(cmdlet) + End + page[after..];
    }

    private static string Of(CmdletFacts cmdlet)
    {
        var text = new StringBuilder($"## {Syntax}\n\n```text\n")
            .AppendJoin("\n\n", cmdlet.Syntaxes.Select(syntax => syntax.Text))
            .Append(CultureInfo.InvariantCulture, $"\n```\n\n## {Parameters}\n\n");
        var elsewhere = cmdlet.Like?.Parameters.Select(Of).ToHashSet() ?? [];
        if (cmdlet.Like is { } other)
        {
            var links = cmdlet.Parameters.Where(parameter => elsewhere.Contains(Of(parameter)))
                .Select(parameter => $"[-{parameter.Name}]({other.Name}.md#-{parameter.Name.ToLowerInvariant()})");
            text.Append(
                CultureInfo.InvariantCulture,
                $"These are as in [{other.Name}]({other.Name}.md): {string.Join(", ", links)}.\n\n");
        }

        return text
            .AppendJoin(string.Empty, cmdlet.Parameters.Select(Of).Where(parameter => !elsewhere.Contains(parameter)))
            .ToString();
    }

    private static string Of(ParameterFacts parameter)
    {
        var values = string.Concat(parameter.Values.Select(value => $"- `{value.Name}`: {value.Text}\n"));
        string?[] facts =
        [
            Code(parameter.Type ?? "switch"),
            parameter.IsRequired ? "required" : null,
            parameter.Position == "named" ? null : $"position {parameter.Position}",
            parameter.Limits,
            parameter.Default is null ? null : $"default {Code(parameter.Default)}",
            (parameter.IsByValue, parameter.IsByPropertyName) switch
            {
                (true, true) => "from the pipeline by value and by property name",
                (true, false) => "from the pipeline by value",
                (false, true) => "from the pipeline by property name",
                _ => null,
            },
            parameter.Aliases.Count > 0 ? $"aliases {string.Join(", ", parameter.Aliases.Select(Code))}" : null,
            parameter.Sets.Count > 0 ? $"in {string.Join(", ", parameter.Sets)}" : null,
        ];
        return "### "
            + $"-{parameter.Name}\n\n{SentenceALine(parameter.Text)}\n\n"
            + values
            + (values.Length > 0 ? "\n" : string.Empty)
            + $"{string.Join("; ", facts.Where(fact => fact is not null))}\n\n";
    }

    // As all Markdown is written here. What follows the end of a sentence begins with a capital, a name in code or a
    // parameter.
    private static string SentenceALine(string text) => Regex.Replace(text, @"(?<=[.!?]\)?) (?=[A-Z`-])", "\n");

    private static string Code(string text) => $"`{text}`";
}
