using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace WixInbox.Build.Help;

/// <summary>Writes the file that Get-Help reads, in the shape that other modules' help has.</summary>
internal static class Maml
{
    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="module">The module.</param>
    /// <param name="pages">The page of each of its cmdlets.</param>
    public static void Write(string path, ModuleFacts module, IEnumerable<CmdletPage> pages)
    {
        var document = new XDocument(new XElement(
            s_msh + "helpItems", new XAttribute("schema", "maml"), pages.Select(page => CommandOf(module, page))));
        using var writer = XmlWriter.Create(path, new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        });
        document.Save(writer);
    }

    private static XElement CommandOf(ModuleFacts module, CmdletPage page)
    {
        var cmdlet = page.Cmdlet;
        return new XElement(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", cmdlet.Name),
                new XElement(s_command + "verb", cmdlet.Verb),
                new XElement(s_command + "noun", cmdlet.Noun),
                DescriptionOf([page.Synopsis])),
            DescriptionOf(Paragraphs(page.Description)),
            new XElement(s_command + "syntax", cmdlet.Syntaxes.Select(syntax => SyntaxOf(cmdlet.Name, syntax))),
            new XElement(
                s_command + "parameters",
                cmdlet.Parameters.Select(parameter => ParameterOf(parameter, withType: true))),
            new XElement(s_command + "inputTypes", page.Inputs.Select(note => TypeOf("inputType", note))),
            new XElement(s_command + "returnValues", page.Outputs.Select(note => TypeOf("returnValue", note))),
            new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes).Select(Paragraph))),
            new XElement(s_command + "examples", page.Examples.Select(ExampleOf)),
            new XElement(
                s_command + "relatedLinks",

                // The first address is where Get-Help -Online leads.
                LinkOf("Online Version:", $"{module.Project}/blob/main/docs/help/{cmdlet.Name}.md"),
                page.Related.Select(link => LinkOf(link.Text, link.Address))));
    }

    private static XElement SyntaxOf(string cmdlet, SyntaxFacts syntax) =>
        new(
            s_command + "syntaxItem",
            new XElement(s_maml + "name", cmdlet),
            syntax.Parameters.Select(parameter => ParameterOf(parameter, withType: false)));

    private static XElement ParameterOf(ParameterFacts parameter, bool withType)
    {
        var isArray = parameter.Type?.EndsWith("[]", StringComparison.Ordinal) == true;
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", parameter.IsRequired),
            new XAttribute("variableLength", isArray),
            new XAttribute("globbing", parameter.TakesWildcards),
            new XAttribute("pipelineInput", parameter.PipelineInput),
            new XAttribute("position", parameter.Position),
            new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
            new XElement(s_maml + "name", parameter.Name),
            DescriptionOf(TextOf(parameter)),
            withType || parameter.Values.Count == 0
                ? null
                : new XElement(
                    s_command + "parameterValueGroup",
                    parameter.Values.Select(value => ValueOf(value.Name, isRequired: false, isArray: false))),
            parameter.Type is null ? null : ValueOf(parameter.Type, isRequired: true, isArray),
            new XElement(
                s_dev + "type",
                new XElement(s_maml + "name", parameter.Type ?? "switch"),
                new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", parameter.DefaultOrNone));
    }

    private static XElement ValueOf(string text, bool isRequired, bool isArray) =>
        new(
            s_command + "parameterValue",
            new XAttribute("required", isRequired),
            new XAttribute("variableLength", isArray),
            text);

    private static IEnumerable<string> TextOf(ParameterFacts parameter) =>
    [
        PlainText.OfLine(parameter.Text),
        .. parameter.Limits is null ? Array.Empty<string>() : [$"Accepted values: {parameter.Limits}."],
        .. parameter.Values.Select(value => $"- {value.Name}: {PlainText.OfLine(value.Text)}"),
    ];

    private static XElement TypeOf(string element, TypeNote note) =>
        new(
            s_command + element,
            new XElement(s_dev + "type", new XElement(s_maml + "name", note.Type)),
            DescriptionOf([note.Text]));

    private static XElement ExampleOf(Example example, int index) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"--- Example {index + 1}: {example.Title} ---"),
        new XElement(s_dev + "code", example.Code),

        // The empty paragraph parts it from the next one.
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks).Append(string.Empty).Select(Paragraph)));

    private static XElement LinkOf(string text, string? address) =>
        new(s_maml + "navigationLink", new XElement(s_maml + "linkText", text), new XElement(s_maml + "uri", address));

    private static XElement DescriptionOf(IEnumerable<string> paragraphs) =>
        new(s_maml + "description", paragraphs.Select(Paragraph));

    private static XElement Paragraph(string text) => new(s_maml + "para", text);

    private static IEnumerable<string> Paragraphs(IEnumerable<TextBlock> blocks) => blocks.Select(block => block.Text);
}
