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
        Base = cmdlet.ImplementingType.BaseType!;
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

    /// <summary>Gets the class that its own is derived from.</summary>
    public Type Base { get; }

    /// <summary>
    /// Gets the cmdlet on whose page the parameters are that it shares with this one; null if there is none.
    /// </summary>
    public CmdletFacts? Like { get; private init; }

    /// <summary>Gets the ways to call it, the usual one first.</summary>
    public IReadOnlyList<SyntaxFacts> Syntaxes { get; }

    /// <summary>Gets its parameters in the order of their names, without those that all cmdlets have.</summary>
    public IReadOnlyList<ParameterFacts> Parameters { get; }

    public static CmdletFacts Of(CmdletInfo cmdlet, CodeComments comments) =>
        new(cmdlet, [
            .. cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault)
                .Select(set => SyntaxOf(cmdlet, set, comments)),
        ]);

    /// <summary>
    /// Finds the cmdlet that it shares parameters with: the first whose class is derived from the same class of the
    /// module.
    /// </summary>
    /// <param name="cmdlets">The cmdlets in the order of their names.</param>
    public CmdletFacts Among(IReadOnlyList<CmdletFacts> cmdlets)
    {
        var first = cmdlets.First(cmdlet => cmdlet.Base == Base);
        return Base == typeof(PSCmdlet) || first.Name == Name ? this : this with { Like = first };
    }

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
