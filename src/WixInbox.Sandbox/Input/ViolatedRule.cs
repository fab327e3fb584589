namespace WixInbox.Sandbox;

/// <summary>
/// The names that go into <c>violatedRule</c>. Wix's error page shows MAX, FORMAT and CUSTOM and no full list; the
/// others are those of the <c>RuleType</c> enum in Wix's published SDK types.
/// </summary>
internal static class ViolatedRule
{
    public const string Min = "MIN";
    public const string Max = "MAX";
    public const string MinLength = "MIN_LENGTH";
    public const string MaxLength = "MAX_LENGTH";
    public const string MinSize = "MIN_SIZE";
    public const string MaxSize = "MAX_SIZE";
    public const string Format = "FORMAT";
    public const string InvalidEnumValue = "INVALID_ENUM_VALUE";
    public const string RequiredField = "REQUIRED_FIELD";
    public const string FieldNotAllowed = "FIELD_NOT_ALLOWED";
    public const string OneOfAlignment = "ONE_OF_ALIGNMENT";
    public const string Custom = "CUSTOM";
}
