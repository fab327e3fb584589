using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.Build.Help;

/// <summary>A cmdlet as the engine knows it.</summary>
internal sealed partial record CmdletFacts
{
    private CmdletFacts(CmdletInfo cmdlet, IReadOnlyList<SyntaxFacts> syntaxes)
    {
        Name = cmdlet.Name;
        Verb = cmdlet.Verb;
        Noun = cmdlet.Noun;
        Syntaxes = syntaxes;
        Parameters =
        [
            .. syntaxes.SelectMany(syntax => syntax.Parameters)
                .GroupBy(parameter => parameter.Name)
                .Select(ParameterFacts.Merge)
                .OrderBy(parameter => Cmdlet.OptionalCommonParameters.Contains(parameter.Name))
                .ThenBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
    }

    public string Name { get; }

    public string Verb { get; }

    public string Noun { get; }

    /// <summary>Gets the ways to call it, the usual one first.</summary>
    public IReadOnlyList<SyntaxFacts> Syntaxes { get; }

    /// <summary>Gets its parameters in the order of their names, without those that all cmdlets have.</summary>
    public IReadOnlyList<ParameterFacts> Parameters { get; }

    public static CmdletFacts Of(CmdletInfo cmdlet, CodeComments comments) =>
        new(cmdlet, [.. cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => SyntaxOf(cmdlet, set, comments))]);

    // The engine tells the order of a set's parameters, and the names of their types, in the text of its syntax alone.
    private static SyntaxFacts SyntaxOf(CmdletInfo cmdlet, CommandParameterSetInfo set, CodeComments comments)
    {
        var shown = Parameter().Matches(set.ToString()).Select(match => ParameterFacts.Of(
            cmdlet,
            set,
            set.Parameters.Single(parameter => parameter.Name == match.Groups["name"].Value),
            match.Groups["type"] is { Success: true } type ? type.Value : null,
            comments));
        return new SyntaxFacts($"{cmdlet.Name} {set}".TrimEnd(), [.. shown]);
    }

    [GeneratedRegex(@"(?<=^| )\[{0,2}-(?<name>\w+)\]?(?: <(?<type>[^>]+)>)?")]
    private static partial Regex Parameter();
}
