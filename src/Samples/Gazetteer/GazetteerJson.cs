using System.Text.Json.Serialization;
using Gazetteer.Places;
using Gazetteer.Versions;
using Microsoft.AspNetCore.Mvc;

namespace Gazetteer;

/// <summary>Everything that is written as JSON, compiled rather than reflected on.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Place>))]
[JsonSerializable(typeof(VersionReport))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
sealed partial class GazetteerJson : JsonSerializerContext;
