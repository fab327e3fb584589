using System.Globalization;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WixInbox.Build.Help;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// The help that ships, held against the cmdlets: nothing is missing, and nothing is in it that there is not.
/// </summary>
public sealed partial class HelpTests
{
    // Get-Help shows code in a console of 80 columns, four from its left, and breaks what is longer: it could not be
    // copied.
    private const int WidestExample = 75;

    public static IEnumerable<TheoryDataRow<string>> CmdletNames => StagedHelp.CmdletNames;

    public static IEnumerable<TheoryDataRow<string>> Topics => Directory.GetFiles(StagedHelp.Sources, "about_*.md")
        .Select(file => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void Every_cmdlet_has_help_and_nothing_else_has()
    {
        var cmdlets = StagedHelp.Cmdlets.Select(cmdlet => cmdlet.Name).Order().ToArray();

        Assert.Equal(
            cmdlets,
            StagedHelp.Commands.Select(command =>
                command.Element(StagedHelp.Command + "details")!.Element(StagedHelp.Command + "name")!.Value).Order());
        Assert.Equal(
            cmdlets, Directory.GetFiles(StagedHelp.Sources, "*-*.md").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void Every_project_whose_build_stages_the_module_stages_its_help()
    {
        const string Cmdlets = "WixInbox.PowerShell.csproj";
        var repository = Path.GetFullPath("../..", StagedModule.Root);
        var projects = Directory.GetFiles(Path.Combine(repository, "src"), "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(repository, "tests"), "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

        // The help is made of what is staged, and the edition of .NET Framework has that of the other.
        string[] exempt = [Cmdlets, "WixInbox.Build.csproj", "WixInbox.Desktop.Tests.csproj"];
        Assert.Contains("WixInbox.Build.csproj", projects["WixInbox.Demo.csproj"], StringComparison.Ordinal);
        Assert.All(
            projects.Where(project => !exempt.Contains(project.Key))
                .Where(project => project.Value.Contains(Cmdlets, StringComparison.Ordinal)),
            project => Assert.Contains("WixInbox.Build.csproj", project.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Get_Help_finds_it_with_all_its_parts(string name)
    {
        using var engine = new Engine();
        engine.Set("name", name);

        var help = Assert.Single(engine.Run("Get-Help $name -Full").Output);

        Assert.Equal("WixInbox", help.Properties["ModuleName"].Value);
        Assert.All(
            [
                "Synopsis", "description", "syntax", "parameters", "inputTypes", "returnValues", "alertSet", "examples",
                "relatedLinks",
            ],
            part => Assert.NotNull(help.Properties[part]?.Value));
        Assert.Equal(
            $"https://github.com/wixinbox/WixInbox/blob/main/docs/help/{name}.md",
            engine.Run("@((Get-Help $name).relatedLinks.navigationLink)[0].uri").Output.Single().ToString());
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Its_parameters_are_those_of_the_cmdlet(string name)
    {
        var expected = StagedHelp.OwnParameters(StagedHelp.Cmdlet(name)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter =>
        {
            var sets = parameter.ParameterSets.Values;
            return new
            {
                parameter.Name,
                IsSwitch = parameter.SwitchParameter,
                Required = sets.All(set => set.IsMandatory),
                Position = string.Join(
                    ", ",
                    sets.Select(set => set.Position < 0 ? "named" : set.Position.ToString(CultureInfo.InvariantCulture))
                        .Distinct()),
                ByValue = sets.Any(set => set.ValueFromPipeline),
                ByName = sets.Any(set => set.ValueFromPipelineByPropertyName),
                Aliases = string.Join(", ", parameter.Aliases),
            };
        });
        var documented = StagedHelp.Of(name).Element(StagedHelp.Command + "parameters")!.Elements().OrderBy(NameOf, StringComparer.Ordinal).Select(parameter => new
        {
            Name = NameOf(parameter),
            IsSwitch = parameter.Element(StagedHelp.Command + "parameterValue") is null,
            Required = (bool)parameter.Attribute("required")!,
            Position = (string)parameter.Attribute("position")!,
            ByValue = ((string)parameter.Attribute("pipelineInput")!).Contains("ByValue", StringComparison.Ordinal),
            ByName = ((string)parameter.Attribute("pipelineInput")!).Contains(
                "ByPropertyName", StringComparison.Ordinal),
            Aliases = ((string)parameter.Attribute("aliases")!).Replace("none", string.Empty, StringComparison.Ordinal),
        });

        Assert.Equal(expected, documented);
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Its_syntax_is_what_Get_Command_shows(string name)
    {
        var expected = StagedHelp.Cmdlet(name).ParameterSets.Select(set => $"{name} {set}");
        var documented = StagedHelp.Of(name).Element(StagedHelp.Command + "syntax")!.Elements().Select(item =>
            $"{name} {string.Join(" ", item.Elements(StagedHelp.Command + "parameter").Select(Shown).Append("[<CommonParameters>]"))}");

        Assert.Equal(expected.Order(), documented.Order());

        static string Shown(XElement parameter)
        {
            var type = parameter.Element(StagedHelp.Command + "parameterValue");
            var isPositional = (string)parameter.Attribute("position")! != "named";
            var shown = (isPositional ? $"[-{NameOf(parameter)}]" : $"-{NameOf(parameter)}")
                + (type is null ? string.Empty : $" <{type.Value}>");
            return (bool)parameter.Attribute("required")! ? shown : $"[{shown}]";
        }
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Values_that_can_be_listed_are_with_what_they_mean(string name)
    {
        foreach (var parameter in StagedHelp.OwnParameters(StagedHelp.Cmdlet(name)))
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var text = TextOf(StagedHelp.Of(name).Element(StagedHelp.Command + "parameters")!.Elements()
                .Single(one => NameOf(one) == parameter.Name).Element(StagedHelp.Maml + "description")!);

            Assert.All(
                type.IsEnum ? Enum.GetNames(type) : [], value => Assert.Matches($@"(?m)^- {value}: \w.+\.$", text));
        }
    }

    [Fact]
    public void A_default_is_the_one_that_the_cmdlet_has()
    {
        var parameters = StagedHelp.Of("Connect-WixInbox").Element(StagedHelp.Command + "parameters")!.Elements()
            .ToDictionary(NameOf, parameter => parameter.Element(StagedHelp.Dev + "defaultValue")!.Value);

        Assert.Equal("30", parameters["TimeoutSec"]);
        Assert.Equal("200", parameters["RequestsPerMinute"]);
        Assert.Equal("None", parameters["ApiKey"]);
        Assert.Equal("False", parameters["PassThru"]);
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Every_text_is_there_and_is_written_for_its_reader(string name)
    {
        var command = StagedHelp.Of(name);
        var texts = command.Descendants(StagedHelp.Maml + "description")
            .Select(TextOf)
            .Concat(command.Descendants(StagedHelp.Maml + "alert").Select(TextOf))
            .Concat(command.Descendants(StagedHelp.Dev + "remarks").Select(TextOf));

        Assert.All(texts, text =>
        {
            Assert.Matches(@"^[^\p{Ll}\s]", text);
            Assert.EndsWith(".", text.TrimEnd(), StringComparison.Ordinal);
            Assert.DoesNotContain("Gets or sets", text, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            Assert.DoesNotContain('`', text);
            Assert.DoesNotContain("](", text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Its_examples_can_be_copied_and_call_only_what_there_is(string name)
    {
        var examples = StagedHelp.Of(name).Descendants(StagedHelp.Dev + "code").Select(code => code.Value).ToArray();

        Assert.InRange(examples.Length, 3, int.MaxValue);
        Assert.Contains(examples, code => code.Contains(name, StringComparison.Ordinal));
        Assert.All(
            examples.SelectMany(code => code.Split('\n')), line => Assert.InRange(line.Length, 0, WidestExample));
        UseEngine(() => Assert.All(examples, AssertCalls));
    }

    [Fact]
    public void The_lines_of_the_readme_can_be_copied_and_call_only_what_there_is()
    {
        var readme = File.ReadAllText(Path.Combine(StagedHelp.Sources, "..", "..", "README.md"));
        var blocks = Regex.Matches(readme, "```powershell\n(.*?)```", RegexOptions.Singleline)
            .Select(block => block.Groups[1].Value)
            .ToArray();

        Assert.InRange(blocks.Length, 5, int.MaxValue);
        UseEngine(() => Assert.All(blocks, AssertCalls));
    }

    [Fact]
    public void The_readme_shows_what_the_example_writes()
    {
        var host = new RecordingHost(100);
        using (var engine = new Engine(host: host))
        {
            engine.Run($"& '{Path.Combine(StagedModule.Root, "examples", "send-from-csv.ps1")}' 2>&1 | Out-Default");
        }

        var written = host.Lines.SelectMany(lines => lines.Split('\n')).Select(WithoutWhatChanges).ToHashSet();
        var readme = File.ReadAllText(Path.Combine(StagedHelp.Sources, "..", "..", "README.md"));
        var shown = Regex.Match(readme, "examples/send-from-csv.ps1\n(.*?)\nPS> ", RegexOptions.Singleline)
            .Groups[1].Value.Split('\n').Where(line => line is not ("" or "..."))
            .Select(WithoutWhatChanges)
            .ToArray();

        Assert.InRange(shown.Length, 10, int.MaxValue);
        Assert.All(shown, line => Assert.Contains(line, written));

        // The color, the id that the server makes, the time that it took, and where the module is.
        static string WithoutWhatChanges(string line) => Regex.Replace(
            Regex.Replace(line, @"\e\[[0-9;]*m|^WARNING: |(?<=Message: ).*(?=send-from)|(?<=Time: ).*", string.Empty),
            @"^\d{16} ",
            "id ").TrimEnd();
    }

    [Fact]
    public void Whoever_is_written_to_in_an_example_is_notified()
    {
        var repository = Path.Combine(StagedHelp.Sources, "..", "..");
        var scripts = Directory.GetFiles(Path.Combine(StagedModule.Root, "examples"), "*.ps1").Select(File.ReadAllText);
        var pages = Directory.GetFiles(Path.Combine(repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(repository, "README.md"))
            .SelectMany(
                page => Regex.Matches(File.ReadAllText(page), "```powershell\n(.*?)```", RegexOptions.Singleline))
            .Select(block => block.Groups[1].Value);

        var sending = scripts.Concat(pages)
            .SelectMany(script => Parser.ParseInput(script, out _, out _)
                .FindAll(ast => ast is CommandAst command && command.GetCommandName() == "Send-WixInboxMessage", true)
                .Select(command => (Command: command.Extent.Text, Script: script)))
            .ToArray();

        Assert.InRange(sending.Length, 50, int.MaxValue);
        Assert.Empty(sending.Where(one => !IsNotified(one.Command, one.Script)).Select(one => one.Command));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void Its_page_has_its_parameters_as_they_are(string name)
    {
        var page = StagedHelp.Pages.Single(one => one.Cmdlet.Name == name);

        Assert.True(
            FactsSection.Into(page.Text, page.Cmdlet) == page.Text,
            $"docs/help/{name}.md is behind its cmdlet. Run: dotnet run --project src/WixInbox.Build -- help");
    }

    [Theory]
    [InlineData("Show-WixInboxMessage")]
    [InlineData("Test-WixInboxMessage")]
    public void Each_parameter_that_is_as_in_Send_is_a_link_to_it_and_each_other_one_is_on_the_page(string name)
    {
        var page = StagedHelp.Pages.Single(one => one.Cmdlet.Name == name);
        var send = StagedHelp.Pages.Single(one => one.Cmdlet.Name == "Send-WixInboxMessage");
        var linked = Regex.Matches(page.Text, @"\[-(\w+)\]\(Send-WixInboxMessage\.md#-(\w+)\)");
        var written = Regex.Matches(page.Text, "^### -(\\w+)$", RegexOptions.Multiline);

        Assert.Contains("Badge", linked.Select(link => link.Groups[1].Value));
        Assert.All(linked, link =>
        {
            Assert.Contains($"\n### -{link.Groups[1].Value}\n", send.Text, StringComparison.Ordinal);
            Assert.Equal(link.Groups[1].Value.ToLowerInvariant(), link.Groups[2].Value);
        });
        Assert.Equal(
            page.Cmdlet.Parameters.Select(parameter => parameter.Name).Order(),
            linked.Concat(written).Select(match => match.Groups[1].Value).Order());
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found_and_fits_a_console(string name)
    {
        using var engine = new Engine();
        engine.Set("name", name);

        var text = Assert.Single(engine.Run("Get-Help $name").Output).ToString();

        Assert.StartsWith($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n    ", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain("**", text, StringComparison.Ordinal);
        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
        var source = File.ReadAllText(Path.Combine(StagedHelp.Sources, name + ".md"));
        var tables = string.Concat(Regex.Matches(source, "```text\n(.*?)```", RegexOptions.Singleline));
        UseEngine(() => Assert.All(
            PlainText.Of(PlainText.Parse(source)).Where(block =>
                block.Kind == TextKind.Code && !tables.Contains(block.Text, StringComparison.Ordinal)),
            code => AssertCalls(code.Text)));
    }

    [Fact]
    public void What_a_page_names_is_there()
    {
        var commands = StagedHelp.Cmdlets.Select(cmdlet => cmdlet.Name).ToArray();
        var topics = Topics.Select(topic => topic.Data).ToArray();

        foreach (var file in Directory.GetFiles(StagedHelp.Sources))
        {
            var text = File.ReadAllText(file);
            Assert.All(
                CommandName().Matches(text).Select(match => match.Value),
                command => Assert.Contains(command, commands));
            Assert.All(TopicName().Matches(text).Select(match => match.Value), topic => Assert.Contains(topic, topics));
            Assert.All(
                FileLink().Matches(text).Select(match => match.Groups[1].Value),
                link => Assert.True(File.Exists(Path.Combine(StagedHelp.Sources, link)), $"{file}: {link}"));
        }
    }

    // What a call binds to can be told on a thread that has a runspace.
    private static void UseEngine(Action check)
    {
        using var engine = new Engine();
        Runspace.DefaultRunspace = engine.Runspace;
        try
        {
            check();
        }
        finally
        {
            Runspace.DefaultRunspace = null;
        }
    }

    private static void AssertCalls(string code)
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.Empty(errors.Select(error => $"{error.Message} {code}"));
        foreach (var call in script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>())
        {
            if (StagedHelp.Cmdlets.All(cmdlet => cmdlet.Name != call.GetCommandName()))
            {
                continue;
            }

            var known = StagedHelp.Cmdlet(call.GetCommandName()).Parameters;
            var splatted = call.CommandElements.OfType<VariableExpressionAst>().Where(variable => variable.Splatted)
                .Select(variable => variable.VariablePath.UserPath).ToArray();
            var typed = call.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName);
            Assert.All(typed.Concat(splatted.SelectMany(KeysOf)), parameter => Assert.Contains(parameter, known));
            if (splatted.Length == 0)
            {
                Assert.Empty(StaticParameterBinder.BindCommand(call, resolve: true).BindingExceptions.Values
                    .Select(exception => $"{exception.BindingException.Message} {code}"));
            }
        }

        // A hashtable is made in the example that uses it.
        IEnumerable<string> KeysOf(string variable) =>
            script.FindAll(
                node => node is AssignmentStatementAst { Left: VariableExpressionAst left }
                    && left.VariablePath.UserPath == variable,
                searchNestedScriptBlocks: true)
                .SelectMany(assignment => ((HashtableAst)((AssignmentStatementAst)assignment).Right.Find(
                    node => node is HashtableAst, searchNestedScriptBlocks: false)).KeyValuePairs)
                .Select(pair => pair.Item1.ToString());
    }

    private static string NameOf(XElement parameter) => parameter.Element(StagedHelp.Maml + "name")!.Value;

    private static string TextOf(XElement element) =>
        string.Join("\n", element.Elements(StagedHelp.Maml + "para").Select(paragraph => paragraph.Value));

    [GeneratedRegex(@"\b[A-Z][a-z]+-WixInbox\w*")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"\babout_WixInbox\w*")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"\]\(([\w-]+\.md)\)")]
    private static partial Regex FileLink();

    // In what is splatted, too; not where nothing is sent, where the site alone sees it, or where the participant
    // writes.
    private static bool IsNotified(string command, string script) =>
        Regex.IsMatch(command, "-SendNotification|-WhatIf|-Visibility Business|-Direction ParticipantToBusiness|-Form")
        || (command.Contains('@', StringComparison.Ordinal)
            && Regex.IsMatch(
                script, "SendNotification += \\$true|Visibility += 'Business'|SendNotification = \\$true"));
}
