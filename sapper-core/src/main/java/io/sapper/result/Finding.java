package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One section of a result (design D8). In JSON each says its {@code kind}; the report has one template for each kind. A
 * new experiment adds a kind here at most, never a field to {@link RunResult}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rates.class, name = "rates"),
    @JsonSubTypes.Type(value = Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Samples.class, name = "samples"),
    @JsonSubTypes.Type(value = Reproduced.class, name = "reproduced"),
    @JsonSubTypes.Type(value = PruningCurve.class, name = "pruning-curve"),
    @JsonSubTypes.Type(value = ActivationProfile.class, name = "activations"),
    @JsonSubTypes.Type(value = FilterPictures.class, name = "filters"),
    @JsonSubTypes.Type(value = Decisions.class, name = "decisions"),
    @JsonSubTypes.Type(value = Changes.class, name = "changes"),
    @JsonSubTypes.Type(value = Attack.class, name = "attack"),
    @JsonSubTypes.Type(value = Photographs.class, name = "photographs"),
    @JsonSubTypes.Type(value = DetectionRates.class, name = "detection-rates"),
    @JsonSubTypes.Type(value = PrecisionRecallCurves.class, name = "precision-recall"),
    @JsonSubTypes.Type(value = ProposalRecall.class, name = "proposal-recall"),
    @JsonSubTypes.Type(value = ChannelMaps.class, name = "channel-maps"),
    @JsonSubTypes.Type(value = ReproducedFigures.class, name = "reproduced-figures"),
    @JsonSubTypes.Type(value = HeatMap.class, name = "heat-map"),
    @JsonSubTypes.Type(value = RunTable.class, name = "run-table"),
    @JsonSubTypes.Type(value = Audited.class, name = "audited"),
    @JsonSubTypes.Type(value = AuditedNetworks.class, name = "audited-networks")
})
public sealed interface Finding
        permits Rates,
                Steps,
                Samples,
                Reproduced,
                PruningCurve,
                ActivationProfile,
                FilterPictures,
                Decisions,
                Changes,
                Attack,
                Photographs,
                DetectionRates,
                PrecisionRecallCurves,
                ProposalRecall,
                ChannelMaps,
                ReproducedFigures,
                HeatMap,
                RunTable,
                Audited,
                AuditedNetworks {}
