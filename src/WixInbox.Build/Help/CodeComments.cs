using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WixInbox.Build.Help;

/// <summary>What the comments in the code say, from the documentation files that its build makes.</summary>
internal sealed partial class CodeComments
{
    private const string Property = "Gets or sets ";
    private const string Switch = "whether to ";

    private static readonly string[] s_files = ["WixInbox.PowerShell.xml", "WixInbox.Client.xml"];

    private readonly string _folder;
    private readonly Dictionary<string, XElement> _summaries;

    /// <param name="folder">The folder of the documentation files.</param>
    public CodeComments(string folder)
    {
        _folder = folder;
        _summaries = s_files
            .SelectMany(file => XDocument.Load(Path.Combine(folder, file)).Descendants("member"))
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(
                member => member.Attribute("name")!.Value,
                member => member.Element("summary")!,
                StringComparer.Ordinal);
    }

    /// <summary>
    /// Gets what a parameter is for: "Gets or sets the text" is "The text", and "Gets or sets whether to send a card"
    /// is "Send a card".
    /// </summary>
    /// <param name="cmdlet">The cmdlet's class.</param>
    /// <param name="name">The parameter's name.</param>
    /// <returns>Markdown.</returns>
    public string OfParameter(Type cmdlet, string name)
    {
        var member = $"P:{cmdlet.GetProperty(name)!.DeclaringType!.FullName}.{name}";
        var text = Of(member);
        if (!text.StartsWith(Property, StringComparison.Ordinal))
        {
            throw new HelpException(_folder, $"The comment of {member} does not begin with \"{Property}\".");
        }

        text = text[Property.Length..];
        return Sentence(text.StartsWith(Switch, StringComparison.Ordinal) ? text[Switch.Length..] : text);
    }

    /// <summary>Gets what a value of an enumeration means.</summary>
    /// <returns>Markdown.</returns>
    public string OfValue(Type enumeration, string name) => Of($"F:{enumeration.FullName}.{name}");

    /// <summary>Gets a text with a capital at its beginning.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private string Of(string member)
    {
        if (!_summaries.TryGetValue(member, out var summary))
        {
            throw new HelpException(_folder, $"There is no comment of {member}.");
        }

        return Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("cref") is { } reference =>
            reference.Value[(reference.Value.LastIndexOf('.') + 1)..],
        XElement element when (element.Attribute("langword") ?? element.Attribute("name")) is { } word => word.Value,
        XElement element => element.Value,
        _ => string.Empty,
    };
}
