using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Build.Help;

/// <summary>A parameter as the engine knows it, in one parameter set or in all that have it.</summary>
internal sealed record ParameterFacts
{
    /// <summary>Gets the name, without its dash.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it is for, in Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the type as the syntax shows it; null for a switch.</summary>
    public required string? Type { get; init; }

    /// <summary>
    /// Gets the values of its enumeration with what they mean, in Markdown; none if its type is none.
    /// </summary>
    public required IReadOnlyList<(string Name, string Text)> Values { get; init; }

    /// <summary>Gets the numbers or lengths that it takes, if they are limited.</summary>
    public required string? Limits { get; init; }

    /// <summary>Gets its value where it is not given, if that is one.</summary>
    public required string? Default { get; init; }

    /// <summary>Gets the parameter sets that have it; none if all do.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    public required bool IsRequired { get; init; }

    /// <summary>Gets where it stands without its name, counted from 0, or "named".</summary>
    public required string Position { get; init; }

    public required bool IsByValue { get; init; }

    public required bool IsByPropertyName { get; init; }

    public required bool TakesWildcards { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Gets how it takes what is piped in, as PowerShell's own help words it.</summary>
    public string PipelineInput => (IsByValue, IsByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    /// <summary>Gets the default as PowerShell's own help words it.</summary>
    public string DefaultOrNone => Default ?? (Type is null ? "False" : "None");

    /// <summary>Reads what holds for one parameter of one set.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="set">The set.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="type">Its type as the syntax shows it.</param>
    /// <param name="comments">The comments.</param>
    public static ParameterFacts Of(
        CmdletInfo cmdlet,
        CommandParameterSetInfo set,
        CommandParameterInfo parameter,
        string? type,
        CodeComments comments)
    {
        var isCommon = Cmdlet.OptionalCommonParameters.Contains(parameter.Name);
        return new ParameterFacts
        {
            Name = parameter.Name,
            Text =
                isCommon ? TextOfCommon(parameter.Name) : comments.OfParameter(cmdlet.ImplementingType, parameter.Name),
            Type = type,
            Values = ValuesOf(parameter.ParameterType, comments),
            Limits = parameter.Attributes.Select(LimitsOf).FirstOrDefault(limits => limits is not null),
            Default = isCommon || parameter.IsMandatory ? null : DefaultOf(cmdlet.ImplementingType, parameter.Name),
            Sets = cmdlet.Parameters[parameter.Name].ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets)
                ? []
                : [set.Name],
            IsRequired = parameter.IsMandatory,
            Position = parameter.Position >= 0 ? parameter.Position.ToString(CultureInfo.InvariantCulture) : "named",
            IsByValue = parameter.ValueFromPipeline,
            IsByPropertyName = parameter.ValueFromPipelineByPropertyName,
            TakesWildcards = parameter.Attributes.Any(attribute => attribute is SupportsWildcardsAttribute),
            Aliases = [.. parameter.Aliases],
        };
    }

    /// <summary>Puts together what holds for one parameter in several sets.</summary>
    public static ParameterFacts Merge(IEnumerable<ParameterFacts> inSets)
    {
        var all = inSets.ToArray();
        return all[0] with
        {
            Sets = [.. all.SelectMany(one => one.Sets)],
            Default = all.Select(one => one.Default).FirstOrDefault(value => value is not null),
            IsRequired = all.All(one => one.IsRequired),
            Position = string.Join(", ", all.Select(one => one.Position).Distinct()),
            IsByValue = all.Any(one => one.IsByValue),
            IsByPropertyName = all.Any(one => one.IsByPropertyName),
        };
    }

    // The engine's own, which have no comment here.
    private static string TextOfCommon(string name) => name switch
    {
        "WhatIf" => "Show what would be done, and do nothing.",
        "Confirm" => "Ask before anything is done.",
        _ => throw new NotSupportedException($"There is no text for -{name}."),
    };

    private static (string Name, string Text)[] ValuesOf(Type type, CodeComments comments)
    {
        var one = type.IsArray ? type.GetElementType()! : type;
        one = Nullable.GetUnderlyingType(one) ?? one;

        // What those of others mean is written elsewhere.
        return one.IsEnum && one.Namespace == nameof(WixInbox)
            ? [.. Enum.GetNames(one).Select(name => (name, comments.OfValue(one, name)))]
            : [];
    }

    private static string? LimitsOf(Attribute attribute) => attribute switch
    {
        ValidateRangeAttribute { MaxRange: int.MaxValue or null } range => $"{Number(range.MinRange)} or more",
        ValidateRangeAttribute range => $"{Number(range.MinRange)} to {Number(range.MaxRange)}",
        ValidateLengthAttribute length => $"{Number(length.MinLength)} to {Number(length.MaxLength)} characters",
        ValidateCountAttribute count => $"{Number(count.MinLength)} to {Number(count.MaxLength)} values",
        ValidateSetAttribute set => string.Join(", ", set.ValidValues),
        _ => null,
    };

    private static string Number(object number) => string.Format(CultureInfo.InvariantCulture, "{0:N0}", number);

    // What a cmdlet has before a parameter is given to it.
    private static string? DefaultOf(Type cmdlet, string name)
    {
        var instance = Activator.CreateInstance(cmdlet)!;
        var value = cmdlet.GetProperty(name)!.GetValue(instance);
        (instance as IDisposable)?.Dispose();
        return value switch
        {
            null or SwitchParameter or Array { Length: 0 } => null,
            Array values => string.Join(", ", values.Cast<object>()),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
