using System.Globalization;
using System.Text;

namespace WixInbox.Build.Help;

/// <summary>The part of a cmdlet's page that is made from the cmdlet, for those who read the page itself and not Get-Help.</summary>
internal static class FactsSection
{
    /// <summary>The title of its first section.</summary>
    public const string Syntax = "Syntax";

    /// <summary>The title of its second section.</summary>
    public const string Parameters = "Parameters";

    private const string Begin = "<!-- Made from the cmdlet. To bring it up to date: dotnet run --project src/WixInbox.Build -- help -->\n";
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
        var text = new StringBuilder("## " + Syntax + "\n\n```text\n").AppendJoin("\n\n", cmdlet.Syntaxes.Select(syntax => syntax.Text)).Append("\n```\n\n");
        text.Append(CultureInfo.InvariantCulture, $"## {Parameters}\n\n");
        foreach (var parameter in cmdlet.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"### -{parameter.Name}\n\n{parameter.Text}\n\n");
            foreach (var (name, meaning) in parameter.Values)
            {
                text.Append(CultureInfo.InvariantCulture, $"- `{name}`: {meaning}\n");
            }

            text.Append(parameter.Values.Count > 0 ? "\n" : string.Empty).Append("| | |\n|---|---|\n");
            Row("Type", Code(parameter.Type ?? "switch"));
            Row("Accepted values", parameter.Limits);
            Row("Required", parameter.IsRequired ? "yes" : "no");
            Row("Position", parameter.Position);
            Row("Default", parameter.Default is null ? null : Code(parameter.Default));
            Row("From the pipeline", (parameter.IsByValue, parameter.IsByPropertyName) switch
            {
                (true, true) => "by value and by property name",
                (true, false) => "by value",
                (false, true) => "by property name",
                _ => null,
            });
            Row("Aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases.Select(Code)) : null);
            Row("Parameter sets", parameter.Sets.Count > 0 ? string.Join(", ", parameter.Sets) : null);
            text.Append('\n');
        }

        return text.ToString();

        void Row(string title, string? value) => text.Append(value is null ? string.Empty : $"| {title} | {value} |\n");
    }

    private static string Code(string text) => $"`{text}`";
}
