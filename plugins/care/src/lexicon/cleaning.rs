//! Ironing and professional cleaning.

use super::CareProcess::{DryClean, Iron, Steam, WetClean};
use super::HeatLevel::{High, Low, Medium};
use super::PhraseMeaning::{Code, Instruct, IronAt, Level, Process as Is, Solvent, Unread};
use super::PhraseTable;
use super::Solvent::{Hydrocarbon, Perchloroethylene};

#[rustfmt::skip]
pub(super) const PHRASES: PhraseTable = &[
    ("iron | press | silitä | silitetään | silitettävä | stryk | stryks | strykes", Instruct(Iron)),
    ("non iron | noniron | iron free | easy iron | no iron needed | siliä* | helposti siliä* | strykfri* | bügelfrei* | bügelleicht", Unread),
    ("ironing | ironed | irons | pressing", Is(Iron)),
    ("silit* | silitys*", Is(Iron)),
    ("stryka | strykas | strykning | stryktemperatur | stryktålig*", Is(Iron)),
    ("bügeln | gebügelt | bügeltemperatur | bügelfest", Is(Iron)),

    ("cool iron* | low iron* | nicht heiß bügeln | nicht zu heiß bügeln | nicht heiss bügeln | lauwarm bügeln", IronAt(Low)),
    ("warm iron* | medium iron* | mäßig heiß bügeln | mässig heiss bügeln | warm bügeln", IronAt(Medium)),
    ("hot iron* | heiß bügeln | heiss bügeln", IronAt(High)),
    ("mäßig heiß | mässig heiss | mäßig warm", Level(Medium)),
    ("one dot | single dot | yksi piste | yhden pisteen | en prick | en punkt | ein punkt | einen punkt | einem punkt", Level(Low)),
    ("two dots | kaksi pistettä | kahden pisteen | två prickar | två punkter | zwei punkt*", Level(Medium)),
    ("three dots | kolme pistettä | kolmen pisteen | tre prickar | tre punkter | drei punkt*", Level(High)),

    ("steam | steam iron* | steaming | iron* with steam", Is(Steam)),
    ("höyry* | höyrysilit* | silit* höyryllä", Is(Steam)),
    ("ånga | ångstryk* | ångas | stryk* med ånga", Is(Steam)),
    ("dampf | dampfbügeln | mit dampf bügeln | mit dampf | bügeln mit dampf", Is(Steam)),
    ("no steam | without steam | ei höyryä | ilman höyryä | utan ånga | använd inte ånga | använd ej ånga | ohne dampf | ohne dampf bügeln", Code("no-steam")),

    ("dry clean | dryclean | kemtvättas | kemtvätta | chemisch reinigen", Instruct(DryClean)),
    ("dry clean* | dryclean* | dry cleaned | chemical clean* | professional dry clean* | professionally dry clean* | chemical wash*", Is(DryClean)),
    ("kemiallinen pesu | kemiallista pesua | kemialli* pes* | kemiallinen puhdistus | kuivapes* | kemiallisesti pestävä | pes* kemiallisesti | kemiallisesti | ammattimainen kemiallinen pesu", Is(DryClean)),
    ("kemtvätt* | kem tvätt* | kemisk tvätt | kemisk rengöring | professionell kemtvätt", Is(DryClean)),
    ("chemische reinigung | chemischen reinigung | chemischreinigung | chem reinigung | textilreinigung | professionelle textilreinigung | trockenreinigung | chemisch gereinigt | reinigung", Is(DryClean)),

    ("wet clean* | wetclean* | professional wet clean* | professionally wet clean* | professional wet cleaning", Is(WetClean)),
    ("ammattimainen vesipesu | ammattilaisen vesipesu | kemiallinen vesipesu | ammattimaista vesipesua", Is(WetClean)),
    ("våttvätt* | professionell våttvätt* | professionell vattentvätt*", Is(WetClean)),
    ("nassreinigung | professionelle nassreinigung | professionell nassreinigen", Is(WetClean)),

    ("perchlor* | tetrachlor* | perc | perkloori* | tetrakloori* | perklor* | tetraklor* | any solvent | all solvents | any solvents", Solvent(Perchloroethylene)),
    ("hydrocarbon* | hiilivety* | hiilivedy* | kolväte* | kohlenwasserstoff* | petroleum | petroleum solvent* | white spirit", Solvent(Hydrocarbon)),
];
